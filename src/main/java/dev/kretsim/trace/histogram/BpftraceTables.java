package dev.kretsim.trace.histogram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.kernel.BadInputException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The maps that bpftrace prints of hist() and lhist(): as text, {@code @ns[vfs_read]:} and rows
 * {@code [512, 1K) 12 |@@@ |}; as JSON, one object a line.
 *
 * <p>The function is the key, or what is left of the map's name without its unit. Keys that name
 * none (numbers, such as a thread's id) are added up.
 */
final class BpftraceTables implements HistogramTables.TableParser {
  private static final Pattern MAP = Pattern.compile("@(\\w*)(?:\\[(.*)\\])?: ?");
  private static final Pattern ROW =
      Pattern.compile(
          "(?:\\[(-?\\d+[KMGTPE]?)(?:, ?(-?\\d+[KMGTPE]?|\\.\\.\\.))?[\\])]|\\(\\.\\.\\., ?.*?[\\])])"
              + "\\s+(\\d+)\\s+\\|.*");
  private static final Pattern PROBE_KEY =
      Pattern.compile(
          "(?:kprobe|kretprobe|fentry|fexit|kfunc|kretfunc)(?:_|:)(?:\\w+:)?([A-Za-z_][\\w.]*)");
  private static final Pattern COMMA = Pattern.compile(", ?");
  private static final Pattern UNDERSCORE = Pattern.compile("_");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][\\w.]*");
  private static final Set<String> SAYS_NOTHING =
      Set.of("", "lat", "latency", "dist", "hist", "time", "times", "duration", "hold", "start");
  private static final String SUFFIXES = "KMGTPE";

  private final ObjectMapper json = new ObjectMapper();
  private final List<HistogramTables.Table> tables = new ArrayList<>();
  private final Set<String> assumed = new LinkedHashSet<>();
  private List<HoldHistogram.Bucket> buckets = new ArrayList<>();
  private @Nullable String map;
  private @Nullable String key;
  private long negative;
  private long damaged;

  @Override
  public void parse(String line) {
    if (line.startsWith("{")) {
      parseJson(line);
      return;
    }
    Matcher title = MAP.matcher(line);
    Matcher row = ROW.matcher(line);
    if (title.matches()) {
      endTable();
      map = title.group(1);
      key = title.group(2);
    } else if (map != null && row.matches()) {
      addRow(unit(map), row);
    } else if (!line.isBlank()) {
      endTable();
    }
  }

  private void addRow(HoldUnit unit, Matcher row) {
    long count = Long.parseLong(row.group(3));
    if (row.group(1) == null) {
      negative += count;
      return;
    }
    long from = number(row.group(1));
    String end = row.group(2);
    long to = end == null ? from + 1 : end.equals("...") ? Long.MAX_VALUE : number(end);
    add(unit, from, to, count);
  }

  private void add(HoldUnit unit, long from, long to, long count) {
    if (from < 0 || to <= from) {
      negative += count;
    } else if (count > 0) {
      buckets.add(new HoldHistogram.Bucket(unit.toNs(from), unit.toNs(to), count));
    }
  }

  private static long number(String text) {
    int suffix = SUFFIXES.indexOf(text.charAt(text.length() - 1));
    String digits = suffix < 0 ? text : text.substring(0, text.length() - 1);
    if (digits.length() > 18) {
      throw new BadInputException("a bound above 10^18: " + text);
    }
    long value = Long.parseLong(digits);
    for (int i = 0; i <= suffix; i++) {
      value = value > Long.MAX_VALUE / 1024 ? Long.MAX_VALUE : value * 1024;
    }
    return value;
  }

  private void parseJson(String line) {
    JsonNode message;
    try {
      message = json.readTree(line);
    } catch (JsonProcessingException e) {
      damaged++;
      return;
    }
    String type = message.path("type").asText();
    if (!type.equals("hist") && !type.equals("lhist")) {
      return;
    }
    message
        .path("data")
        .properties()
        .forEach(
            entry -> {
              map = entry.getKey().replaceFirst("^@", "");
              readMaps(entry.getValue(), "");
            });
  }

  /** An array is a histogram; an object holds one, or further objects, for each key. */
  private void readMaps(JsonNode node, String path) {
    if (node.isArray()) {
      key = path.isEmpty() ? null : path;
      HoldUnit unit = unit(String.valueOf(map));
      for (JsonNode bucket : node) {
        long count = bucket.path("count").asLong();
        if (!bucket.has("min")) {
          negative += count;
        } else {
          long min = bucket.get("min").asLong();
          long to = bucket.has("max") ? bucket.get("max").asLong() + 1 : Long.MAX_VALUE;
          add(unit, min, to, count);
        }
      }
      String again = map;
      endTable();
      map = again;
      return;
    }
    node.properties()
        .forEach(
            entry ->
                readMaps(
                    entry.getValue(),
                    path.isEmpty() ? entry.getKey() : path + "," + entry.getKey()));
  }

  private HoldUnit unit(String name) {
    HoldUnit found = HoldUnit.in(name.replace('_', ' '));
    if (found == null) {
      assumed.add("@" + name);
      return HoldUnit.NS;
    }
    return found;
  }

  private static @Nullable String function(String map, @Nullable String key) {
    if (key != null) {
      List<String> parts = COMMA.splitAsStream(key).toList();
      for (String part : parts) {
        Matcher probe = PROBE_KEY.matcher(part);
        if (probe.matches()) {
          return probe.group(1);
        }
      }
      if (parts.size() == 1 && NAME.matcher(parts.get(0)).matches()) {
        return parts.get(0);
      }
    }
    StringBuilder rest = new StringBuilder();
    for (String word : UNDERSCORE.splitAsStream(map).toList()) {
      boolean unit = HoldUnit.in(word) != null;
      if (!unit && !SAYS_NOTHING.contains(word)) {
        rest.append(rest.length() == 0 ? "" : "_").append(word);
      }
    }
    return rest.length() == 0 ? null : rest.toString();
  }

  private void endTable() {
    if (!buckets.isEmpty()) {
      tables.add(new HistogramTables.Table(function(String.valueOf(map), key), buckets, null));
    }
    buckets = new ArrayList<>();
    map = null;
  }

  @Override
  public List<HistogramTables.Table> finish() {
    endTable();
    return tables;
  }

  @Override
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    if (!assumed.isEmpty()) {
      remarks.add(
          "remark: "
              + String.join(", ", assumed)
              + " names no unit, so ns are assumed; name the map after its unit, as in @us");
    }
    if (negative > 0) {
      remarks.add("warning: " + negative + " calls with a hold below 0 were passed over");
    }
    if (damaged > 0) {
      remarks.add("warning: " + damaged + " damaged JSON lines were passed over");
    }
    return remarks;
  }
}
