package dev.kretsim.trace.histogram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.kretsim.files.JsonFile;
import dev.kretsim.kernel.BadInputException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The maps that bpftrace prints of hist() and lhist(): as text, {@code @ns[vfs_read]:} and rows
 * {@code [512, 1K) 12 |@@@ |}; as JSON, one object a line.
 *
 * <p>The function is the key, or what is left of the map's name without its unit. Of a key of
 * several parts those that are no numbers count; what numbers (such as a thread's id) keep apart is
 * added up, and said to be. Maps of sizes and counts are passed over.
 */
final class BpftraceTables implements HistogramTables.TableParser {
  /** The line above a table. */
  static final Pattern MAP = Pattern.compile("@(\\w*)(?:\\[(.*)\\])?:");

  private static final Pattern ROW =
      Pattern.compile(
          "(?:\\[(-?\\d+[KMGTPEkmgtpe]?)(?:,"
              + " ?(-?\\d+[KMGTPEkmgtpe]?|\\.\\.\\.))?[\\])]|\\(\\.\\.\\., ?.*?[\\])])"
              + "\\s+(\\d+)(?:\\s*\\|.*)?");
  private static final Pattern PROBE_KEY =
      Pattern.compile(
          "(?:kprobe|kretprobe|fentry|fexit|kfunc|kretfunc)(?:_|:)(?:\\w+:)?([A-Za-z_][\\w.]*)");
  private static final Pattern OF_PROGRAM = Pattern.compile("[\\[ ,\"](?:u(?:ret)?probe|ur|usdt):");
  private static final Pattern LIKE_A_ROW = Pattern.compile("[\\[(].*|.*\\|[@ ]*\\|?");
  private static final Pattern BAR = Pattern.compile("[@ |]*[@|][@ |]*");
  private static final Pattern NUMBER = Pattern.compile("-?(?:0x[\\da-fA-F]+|\\d+)");
  private static final Pattern NUMBER_OF =
      Pattern.compile("(?:@\\w*(?:\\[.*)?|.*\\]): (?:-?\\d+|count -?\\d+,.*)");
  private static final Pattern ADDRESS = Pattern.compile("0x[\\da-fA-F]{8,16}");
  private static final Pattern SYMBOLS = Pattern.compile("[\\w.:]+");
  private static final Pattern OFFSET = Pattern.compile("\\+(?:0x[\\da-fA-F]+|\\d+)$");
  private static final Pattern SIZES =
      Pattern.compile(
          ".*\\b(?:bytes?|sizes?|len|lens|lengths?|counts?|cnt|num|depth|backlog|queue|qlen|runqlen"
              + "|cpus?|kb|kbytes|pages?|packets?|sectors?|segs?|retval|ret|rets|return|freq|mhz"
              + "|priority|prio)\\b.*");
  private static final Pattern COMMA = Pattern.compile(", ?");
  private static final Pattern UNDERSCORE = Pattern.compile("_");
  private static final Pattern CAPITAL = Pattern.compile("(?<=[a-z])(?=[A-Z])");
  private static final Set<String> SAYS_NOTHING =
      Set.of("", "lat", "latency", "dist", "hist", "time", "times", "duration", "hold", "start");
  private static final String SUFFIXES = "KMGTPE";
  private static final int LONGEST_KEY = 16 * 1024;

  private final List<HistogramTables.Table> tables = new ArrayList<>();
  private final Set<String> assumed = new LinkedHashSet<>();
  private List<HoldHistogram.Bucket> buckets = new ArrayList<>();
  private @Nullable String map;
  private @Nullable String key;
  private BpftraceProgram.@Nullable Filling filling;
  private @Nullable StringBuilder stack;
  private String heading = "";
  private final OtherMeasures others = new OtherMeasures();
  private final BpftraceProgram program = new BpftraceProgram();
  private final Set<String> ofPrograms = new LinkedHashSet<>();
  private final Set<String> misnamed = new LinkedHashSet<>();
  private final Set<String> notTime = new LinkedHashSet<>();
  private final AddedUp addedUp = new AddedUp();
  private long negative;
  private boolean belowZero;
  private boolean anyMap;
  private boolean anyNumber;
  private final Set<String> noSymbols = new LinkedHashSet<>();
  private long unreadable;
  private long damaged;

  @Override
  public void parse(String whole) {
    String line = whole.strip();
    if (line.startsWith("{\"")) {
      parseJson(line);
    } else if (stack != null) {
      readStack(stack, line);
    } else {
      parseText(line);
    }
  }

  private void parseText(String line) {
    Matcher title = MAP.matcher(line);
    Matcher row = ROW.matcher(line);
    if (title.matches()) {
      begin(title.group(1), title.group(2));
    } else if (line.startsWith("@") && line.endsWith("[")) {
      endTable();
      stack = new StringBuilder(line);
    } else if (map != null && row.matches()) {
      addRow(unit(map), row);
    } else if (LIKE_A_ROW.matcher(line).matches() && !BAR.matcher(line).matches()) {
      unreadable++;
    } else if (!line.isEmpty() && !BAR.matcher(line).matches()) {
      endTable();
      anyNumber |= NUMBER_OF.matcher(line).matches();
      heading = line;
      others.note(line);
      program.note(line);
    }
  }

  private void begin(String name, @Nullable String ofKey) {
    endTable();
    anyMap = true;
    map = name;
    key = ofKey;
    filling = program.of(name);
  }

  /** A stack of calls as a key stands on several lines, the innermost call first. */
  private void readStack(StringBuilder so, String line) {
    so.append(so.charAt(so.length() - 1) == '[' || line.startsWith("]") ? "" : ", ").append(line);
    if (line.startsWith("]") || so.length() > LONGEST_KEY) {
      stack = null;
      parseText(so.toString());
    }
  }

  private void addRow(HoldUnit unit, Matcher row) {
    long count = Long.parseLong(row.group(3));
    if (row.group(1) == null) {
      addNegative(count);
      return;
    }
    long from = number(row.group(1));
    String end = row.group(2);
    long to = end == null ? from + 1 : end.equals("...") ? Long.MAX_VALUE : number(end);
    add(unit, from, to, count);
  }

  private void add(HoldUnit unit, long from, long to, long count) {
    if (from < 0 || to <= from) {
      addNegative(count);
    } else if (count > 0) {
      buckets.add(new HoldHistogram.Bucket(unit.toNs(from), unit.toNs(to), count));
    }
  }

  private void addNegative(long count) {
    negative += count;
    belowZero |= count > 0;
  }

  private static long number(String text) {
    int suffix = SUFFIXES.indexOf(Character.toUpperCase(text.charAt(text.length() - 1)));
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
      message = JsonFile.line(line);
    } catch (JsonProcessingException e) {
      String twice = JsonFile.keyGivenTwice(e);
      if (twice != null) {
        throw new BadInputException(
            twice + " is given twice; print it as text, without -f json, where each is shown");
      }
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
          addNegative(count);
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
    HoldUnit named = HoldUnit.in(words(name));
    HoldUnit found = filling == null || filling.unit() == null ? named : filling.unit();
    if (named != null && found != named) {
      misnamed.add("@" + name);
    }
    if (found == null) {
      found = HoldUnit.ofHeading(heading);
    }
    if (found == null) {
      assumed.add("@" + name);
      return HoldUnit.NS;
    }
    return found;
  }

  /** A map's name as words: {@code read_us} and {@code readUs} are two. */
  private static String words(String name) {
    return CAPITAL.matcher(name.replace('_', ' ')).replaceAll(" ");
  }

  private static @Nullable String function(
      String map, @Nullable String key, BpftraceProgram.@Nullable Filling filling) {
    List<String> parts = key == null ? List.of() : COMMA.splitAsStream(key).toList();
    if (filling != null && filling.nameAt() >= 0 && filling.keys().size() == parts.size()) {
      return function(map, parts.get(filling.nameAt()), null);
    }
    if (filling != null && filling.function() != null) {
      return filling.function();
    }
    if (key != null) {
      for (String part : parts) {
        Matcher probe = PROBE_KEY.matcher(part);
        if (probe.matches()) {
          return probe.group(1);
        }
      }
      String names =
          parts.stream()
              .map(part -> OFFSET.matcher(part.replace("\"", "").strip()).replaceFirst(""))
              .filter(part -> !part.isEmpty() && !NUMBER.matcher(part).matches())
              .collect(Collectors.joining(", "));
      if (!names.isEmpty()) {
        return names;
      }
      for (String part : parts) {
        if (ADDRESS.matcher(part).matches()) {
          return part;
        }
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
      others.refuseTable();
      String name = String.valueOf(map);
      if (isOfSizes(name) || (belowZero && !tellsTime(name))) {
        notTime.add("@" + name);
      } else {
        String function = function(name, key, filling);
        String printed = "@" + name + (key == null ? "" : "[" + key + "]");
        if (OF_PROGRAM.matcher(printed).find() || (filling != null && filling.ofProgram())) {
          ofPrograms.add(printed);
        } else {
          if (function != null && !SYMBOLS.matcher(function).matches()) {
            noSymbols.add(function);
          }
          addedUp.add(function, printed);
          tables.add(new HistogramTables.Table(function, printed, buckets, null, false));
        }
      }
    }
    buckets = new ArrayList<>();
    map = null;
    filling = null;
    belowZero = false;
  }

  /** Whether anything says that it counts times. */
  private boolean tellsTime(String name) {
    return HoldUnit.in(words(name)) != null
        || HoldUnit.ofHeading(heading) != null
        || (filling != null && filling.isTime());
  }

  /** Whether a map's name, or where that says nothing the heading above, tells sizes or numbers. */
  private boolean isOfSizes(String name) {
    String words = words(name);
    if (HoldUnit.in(words) != null || (filling != null && filling.isTime())) {
      return false;
    }
    if (filling != null && filling.isNoTime()) {
      return true;
    }
    boolean silent = name.isEmpty() && HoldUnit.ofHeading(heading) == null;
    return SIZES.matcher(words.toLowerCase(Locale.ROOT)).matches()
        || (silent && SIZES.matcher(heading.toLowerCase(Locale.ROOT)).matches());
  }

  @Override
  public List<HistogramTables.Table> finish() {
    endTable();
    return tables;
  }

  @Override
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    assumed.removeAll(notTime);
    remarks.addAll(addedUp.remarks());
    if (!notTime.isEmpty()) {
      remarks.add(
          "warning: "
              + String.join(", ", notTime)
              + " counts sizes or numbers, not time, and was passed over");
    }
    remarks.addAll(HistogramTables.unreadableRows(unreadable));
    if (!assumed.isEmpty()) {
      remarks.add(
          "remark: "
              + String.join(", ", assumed)
              + " names no unit, so ns are assumed; name the map after its unit, as in @us");
    }
    remarks.addAll(HistogramTables.ofPrograms(ofPrograms));
    if (!noSymbols.isEmpty()) {
      remarks.add(
          "remark: "
              + String.join(", ", noSymbols)
              + " is what the map keeps apart, and no function: one pool serves them all; keep them"
              + " apart by function, as in @us[func]");
    }
    if (!misnamed.isEmpty()) {
      remarks.add(
          "warning: the program above divides what it puts into "
              + String.join(", ", misnamed)
              + " into another unit than the name tells; the program is believed");
    }
    if (negative > 0) {
      remarks.add("warning: " + negative + " calls with a hold below 0 were passed over");
    }
    if (damaged > 0) {
      remarks.add("warning: " + damaged + " damaged JSON lines were passed over");
    }
    return remarks;
  }

  @Override
  public String lack() {
    if (anyMap && !anyNumber) {
      return "its maps are empty; let the program run while the function is called";
    }
    return (anyNumber ? "its maps hold counts or means" : "the program printed none")
        + "; let it keep one: @us[func] = hist((nsecs - @start[tid]) / 1000)";
  }
}
