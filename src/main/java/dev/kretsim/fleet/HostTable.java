package dev.kretsim.fleet;

import dev.kretsim.files.BoundedFile;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.DidYouMean;
import dev.kretsim.kernel.KernelRelease;
import dev.kretsim.plan.PossibleCpus;
import dev.kretsim.plan.advise.ProfilePlanner;
import dev.kretsim.workload.random.Rates;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code --hosts} names: CSV with a header line, a row for each host, or for each
 * function of a host. An empty cell is not known.
 */
final class HostTable {
  private static final List<String> COLUMNS =
      List.of("host", "function", "maxactive", "rate", "seconds", "possible_cpus", "kernel");

  private static final Pattern CELL =
      Pattern.compile("\\G\\s*(?:\"((?:[^\"]|\"\")*)\"|([^\",]*))\\s*(,|$)");
  private static final double MOST_SECONDS = 1e9;
  private static final int MOST_BYTES = 64 << 20;

  private final String source;
  private final Map<String, Map<String, HostFacts>> byHost = new HashMap<>();
  private final Set<List<String>> seen = new HashSet<>();
  private List<String> columns = List.of();
  private int line;

  private HostTable(String source) {
    this.source = source;
  }

  /**
   * Reads it.
   *
   * @throws BadInputException if it cannot be read, has a column or a value that is none, or says
   *     something twice
   */
  static KnownHosts read(Path file) {
    HostTable table = new HostTable(file.toString());
    try {
      byte[] bytes = BoundedFile.read("--hosts " + file, file, MOST_BYTES);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      text.lines().forEach(table::take);
    } catch (CharacterCodingException e) {
      throw new BadInputException("--hosts " + file + ": is no text in UTF-8; expected CSV");
    }
    if (table.columns.isEmpty()) {
      throw new BadInputException(
          "--hosts %s: is empty; expected a header line such as host,maxactive".formatted(file));
    }
    return new KnownHosts(table.source, table.byHost);
  }

  private void take(String text) {
    line++;
    String row = line == 1 && text.startsWith("\ufeff") ? text.substring(1) : text;
    if (row.isBlank() || row.startsWith("#")) {
      return;
    }
    List<String> cells = cells(row);
    if (columns.isEmpty()) {
      header(cells);
      return;
    }
    if (cells.size() != columns.size()) {
      throw refused(
          "%d cells where the header line has %d".formatted(cells.size(), columns.size()));
    }
    facts(cells);
  }

  private List<String> cells(String row) {
    List<String> cells = new ArrayList<>();
    Matcher cell = CELL.matcher(row);
    boolean more = true;
    while (more) {
      if (!cell.find()) {
        throw refused("a quote that is not closed, or text beside one");
      }
      String quoted = cell.group(1);
      cells.add(quoted == null ? cell.group(2).strip() : quoted.replace("\"\"", "\"").strip());
      more = cell.group(3).equals(",");
    }
    return cells;
  }

  private void header(List<String> cells) {
    Set<String> named = new HashSet<>();
    for (String name : cells) {
      if (!COLUMNS.contains(name)) {
        throw refused(
            "no column is called '%s'%s; expected %s"
                .formatted(name, DidYouMean.hint(COLUMNS, name), String.join(", ", COLUMNS)));
      }
      if (!named.add(name)) {
        throw refused("the column " + name + " stands twice");
      }
    }
    if (!cells.contains("host")) {
      throw refused("the column host is missing");
    }
    columns = cells;
  }

  private void facts(List<String> cells) {
    String host = cell(cells, "host");
    if (host == null) {
      throw refused("the host has no name");
    }
    String named = cell(cells, "function");
    String function = named == null ? KnownHosts.ALL_FUNCTIONS : named;
    if (!seen.add(List.of(host, function))) {
      throw refused(host + " stands twice" + (named == null ? "" : " with " + named));
    }
    HostFacts all =
        new HostFacts(
            null,
            null,
            positive(cells, "seconds"),
            number(cells, "possible_cpus", PossibleCpus.MOST),
            kernel(cells));
    HostFacts own =
        new HostFacts(
            number(cells, "maxactive", ProfilePlanner.MOST_INSTANCES),
            positive(cells, "rate"),
            null,
            null,
            null);
    Map<String, HostFacts> known = byHost.computeIfAbsent(host, name -> new HashMap<>());
    known.merge(KnownHosts.ALL_FUNCTIONS, all, (before, now) -> agreeing(host, before, now));
    known.merge(function, own, (before, now) -> now.or(before));
  }

  /** Seconds, CPUs and kernel are a host's, in whichever of its rows they stand. */
  private HostFacts agreeing(String host, HostFacts before, HostFacts now) {
    if (differ(before.seconds(), now.seconds())) {
      throw refused(host + " has other seconds above");
    }
    if (differ(before.possibleCpus(), now.possibleCpus())) {
      throw refused(host + " has another number of possible_cpus above");
    }
    if (differ(before.kernel(), now.kernel())) {
      throw refused(host + " has another kernel above");
    }
    return before.or(now);
  }

  private static boolean differ(@Nullable Object one, @Nullable Object other) {
    return one != null && other != null && !one.equals(other);
  }

  private @Nullable String cell(List<String> cells, String column) {
    int at = columns.indexOf(column);
    return at < 0 || cells.get(at).isEmpty() ? null : cells.get(at);
  }

  private @Nullable Integer number(List<String> cells, String column, int most) {
    String text = cell(cells, column);
    if (text == null) {
      return null;
    }
    int value = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    if (value < 1 || value > most) {
      throw refused("%s must be a number from 1 to %d: %s".formatted(column, most, text));
    }
    return value;
  }

  private @Nullable Double positive(List<String> cells, String column) {
    String text = cell(cells, column);
    if (text == null) {
      return null;
    }
    double value = column.equals("rate") ? rate(text) : seconds(text);
    if (!(value > 0)) {
      throw refused(column + " must be above 0: " + text);
    }
    return value;
  }

  private double rate(String text) {
    try {
      return Rates.parsePerSecond(text);
    } catch (BadInputException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private double seconds(String text) {
    if (!text.matches("-?\\d{1,30}(\\.\\d{1,30})?")) {
      throw refused("seconds must be a number without a unit, such as 3600: " + text);
    }
    double value = Double.parseDouble(text);
    if (value > MOST_SECONDS) {
      throw refused("seconds must be at most 10^9: " + text);
    }
    return value;
  }

  private @Nullable String kernel(List<String> cells) {
    String text = cell(cells, "kernel");
    if (text == null) {
      return null;
    }
    try {
      return KernelRelease.of(text).text();
    } catch (BadInputException none) {
      throw refused("kernel must be a release as uname -r prints it: " + text);
    }
  }

  private BadInputException refused(String why) {
    return new BadInputException(source + ":" + line + ": " + why);
  }
}
