package dev.kretsim.trace.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether files that are merged by time can be from one machine: its clock runs on from file to
 * file, and it has one number of CPUs.
 */
final class MergedFiles {
  private static final String MEANING =
      "; merging by time takes them as one machine, which is right for the parts of one recording,"
          + " but not for several machines or boots: plan those with ";

  /** What a shell takes as it stands. */
  private static final Pattern PLAIN = Pattern.compile("[\\w./:,@%+-]+");

  private static final int MOST_NAMED = 4;

  private final List<Span> spans = new ArrayList<>();

  private record Span(TraceLines file, long firstNs, long lastNs) {}

  /** A file was read to its end. */
  void ended(TraceLines file, long firstNs, long lastNs) {
    spans.add(new Span(file, firstNs, lastNs));
  }

  /** What the user should know; null if nothing speaks against one machine. */
  @Nullable String doubt() {
    if (spans.isEmpty()) {
      return null;
    }
    List<Span> ordered = new ArrayList<>(spans);
    ordered.sort(Comparator.comparingLong(Span::firstNs));
    Span first = ordered.get(0);
    int cpus = first.file().headerCpus();
    for (Span one : ordered) {
      int others = one.file().headerCpus();
      if (cpus > 0 && others > 0 && cpus != others) {
        return "warning: %s is from a machine with %d CPUs, %s from one with %d%s"
            .formatted(first.file().source(), cpus, one.file().source(), others, meaning());
      }
    }
    Span latest = first;
    for (Span next : ordered) {
      if (next.firstNs() > latest.lastNs()) {
        return "warning: %s ends before %s begins%s"
            .formatted(latest.file().source(), next.file().source(), meaning());
      }
      latest = next.lastNs() > latest.lastNs() ? next : latest;
    }
    return null;
  }

  /** The command to give, unless that were long. */
  private String meaning() {
    List<String> files = spans.stream().map(span -> span.file().source()).toList();
    long hosts = files.stream().map(MergedFiles::host).distinct().count();
    String words =
        files.size() > MOST_NAMED
            ? "FILE..."
            : files.stream().map(MergedFiles::word).collect(Collectors.joining(" "));
    return MEANING
        + "kretsim fleet "
        + words
        + (hosts < files.size() ? " --host-by " + hostBy(files) : "");
  }

  /** The file's name up to its first dot, as {@code fleet} has it. */
  private static String host(String file) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    int dot = name.indexOf('.', 1);
    return dot < 0 ? name : name.substring(0, dot);
  }

  /** Files of the same name are told apart by their folders, or else by all of their names. */
  private static String hostBy(List<String> files) {
    long folders =
        files.stream().map(file -> file.substring(0, file.lastIndexOf('/') + 1)).distinct().count();
    return folders == files.size() ? "parent" : "'[^/]+$'";
  }

  private static String word(String file) {
    return PLAIN.matcher(file).matches() ? file : "'" + file.replace("'", "'\\''") + "'";
  }
}
