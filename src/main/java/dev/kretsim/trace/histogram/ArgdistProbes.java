package dev.kretsim.trace.histogram;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The return probes that a command of argdist asks for: {@code -H 'r::vfs_read():u64:$latency#how
 * long'}. Where there are several, it prints above each table the text behind {@code #}, or all of
 * the probe.
 */
record ArgdistProbes(List<Probe> probes) {
  static final ArgdistProbes NONE = new ArgdistProbes(List.of());

  private static final Pattern COMMAND = Pattern.compile("[#$].*\\bargdist(?:-bpfcc|\\.py)?\\b.*");
  private static final Pattern HISTOGRAM =
      Pattern.compile("(?<=\\s)(?:-\\w*H|--hist\\w*)[ =]*(['\"])(.+?)\\1");
  private static final Pattern RETURN = Pattern.compile("r:([^:]*):([\\w.]+)\\(.*");

  /**
   * One of them.
   *
   * @param label what is printed above its table
   */
  record Probe(String label, String function, boolean ofProgram) {}

  static boolean isCommand(String line) {
    return COMMAND.matcher(line).matches();
  }

  static ArgdistProbes in(String command) {
    List<Probe> probes = new ArrayList<>();
    Matcher histogram = HISTOGRAM.matcher(command);
    while (histogram.find()) {
      String whole = histogram.group(2);
      String label = whole.substring(whole.indexOf('#') + 1);
      Probe probe = probe(whole, label);
      probes.add(probe == null ? new Probe(label, "", false) : probe);
    }
    return new ArgdistProbes(probes);
  }

  /** The probe that a line above a table shows or is the label of; null if it is none. */
  @Nullable Probe shownBy(String line) {
    return probes.stream()
        .filter(probe -> !probe.function().isEmpty() && probe.label().strip().equals(line))
        .findFirst()
        .orElseGet(() -> probe(line, line));
  }

  /** The only one; null if there are others, or none. */
  @Nullable Probe only() {
    return probes.size() == 1 && !probes.get(0).function().isEmpty() ? probes.get(0) : null;
  }

  private static @Nullable Probe probe(String text, String label) {
    Matcher probe = RETURN.matcher(text);
    return probe.matches() ? new Probe(label, probe.group(2), !probe.group(1).isEmpty()) : null;
  }
}
