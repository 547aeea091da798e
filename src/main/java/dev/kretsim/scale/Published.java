package dev.kretsim.scale;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kretsim.files.JsonFile;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.DidYouMean;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.pool.PublishedDesigns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Published throughput of pools, series by series. */
public final class Published {
  private static final Pattern CAPACITY = Pattern.compile("max(?:active)?=(\\d+)");
  private static final Pattern BULK = Pattern.compile("pop x(\\d+)");
  private static final int MOST_THREADS = 1 << 16;
  private static final int MOST = 100_000;

  /** Operations a second that nobody can have measured. */
  private static final double SLOWEST = 1e-3;

  private static final double FASTEST = 1e15;
  private static final int MOST_BYTES = 64 << 20;

  /**
   * The raw runs made their instances singly (mode 0), from one buffer (1), or each CPU's share
   * with its list (2). Kretprobes add theirs singly.
   */
  private static final String WITH_LISTS = "alloc mode 2";

  private static final String NOUN = "list of series";

  private static final List<String> KEYS =
      List.of(
          "id",
          "pool",
          "machine",
          "workload",
          "threads",
          "predict",
          "cal_points",
          "calibration_points_only");

  /** Published files have these too, which are near to some of the others. */
  private static final List<String> NOTES =
      List.of("source", "kernel", "placement", "quality", "notes");

  /**
   * One pool on one machine.
   *
   * @param workload what threads did, in the publisher's words
   * @param machine the name of its description
   * @param pool null where nothing was probed
   * @param pinned a raw loop on chosen CPUs; otherwise hits, wherever the scheduler put them
   * @param given operations per second by threads
   * @param missed share of the pops that found nothing, by threads, where that was published
   * @param calibration which of these may be used for calibration
   * @param predict for how many threads to predict
   * @param whole whether the series has no points that are not given
   */
  public record Series(
      String id,
      String workload,
      String machine,
      @Nullable PoolDesign pool,
      boolean pinned,
      int bulk,
      int maxactive,
      SortedMap<Integer, Double> given,
      SortedMap<Integer, Double> missed,
      SortedSet<Integer> calibration,
      SortedSet<Integer> predict,
      boolean whole) {
    /**
     * {@return whether threads did there what they do in a simulated workload, and wanted for no
     * instance here if they did not there}
     *
     * @param simulated what is to be compared with this series
     * @param instances of the simulated pool
     */
    public boolean did(Workload simulated, int instances) {
      if (instances < Math.min(maxactive, given.lastKey())) {
        return false;
      }
      return pinned
          ? simulated.sharing().equals(Workload.Sharing.RAW) && simulated.bulk() == bulk
          : simulated.asPublished();
    }
  }

  /**
   * A file's series.
   *
   * @param leftOut by id, why a series cannot be predicted
   * @param pointsLeftOut which points of the others are no throughput, in a phrase each
   */
  public record Data(
      List<Series> series, Map<String, String> leftOut, List<String> pointsLeftOut) {}

  private Published() {}

  /**
   * Reads a file.
   *
   * @throws BadInputException if it cannot be read, or as {@link #read(String, String)}
   */
  public static Data read(Path file) {
    return read(file.toString(), JsonFile.read(file, NOUN, MOST_BYTES));
  }

  /**
   * Reads the text of a file.
   *
   * @throws BadInputException if it is no JSON, has no series, or a series lacks what is needed
   */
  public static Data read(String source, String json) {
    return read(source, JsonFile.parse(source, NOUN, json));
  }

  private static Data read(String source, JsonNode root) {
    if (!root.path("series").isArray() || root.path("series").isEmpty()) {
      throw new BadInputException(source + ": must have a list \"series\"");
    }
    List<Series> all = new ArrayList<>();
    Map<String, String> leftOut = new LinkedHashMap<>();
    List<String> pointsLeftOut = new ArrayList<>();
    for (JsonNode node : root.path("series")) {
      String id = node.path("id").asText("");
      if (id.isEmpty()) {
        throw new BadInputException(source + ": every series must have an \"id\"");
      }
      requireKnownKeys(source, node, id);
      String pool = node.path("pool").asText("");
      boolean inBlocks = node.path("workload").asText("").contains(WITH_LISTS);
      Optional<PoolDesign> design = PublishedDesigns.named(pool, inBlocks);
      String machine = machineName(node.path("machine").asText(""));
      if (design.isEmpty() && !pool.equals("native")) {
        leftOut.put(id, "no such pool here: " + pool);
      } else if (design.isPresent() && design.get().realMemoryOnly()) {
        leftOut.put(id, "it runs on real memory only: " + pool);
      } else if (!Machines.names().contains(machine)) {
        leftOut.put(id, "no such machine here: " + machine);
      } else {
        all.add(series(source, node, id, design.orElse(null), machine, pointsLeftOut));
      }
    }
    return new Data(
        List.copyOf(all), Collections.unmodifiableMap(leftOut), List.copyOf(pointsLeftOut));
  }

  /** Who published may note what they like, but what looks like a key of ours should be one. */
  private static void requireKnownKeys(String source, JsonNode node, String id) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String key = field.getKey();
      if (!KEYS.contains(key) && !NOTES.contains(key)) {
        String hint = DidYouMean.hint(KEYS, key);
        if (!hint.isEmpty()) {
          throw new BadInputException(
              "%s: unknown key: %s in %s%s".formatted(source, key, id, hint));
        }
      }
    }
  }

  private static Series series(
      String source,
      JsonNode node,
      String id,
      @Nullable PoolDesign pool,
      String machineName,
      List<String> pointsLeftOut) {
    SortedMap<Integer, Double> given = new TreeMap<>();
    node.path("threads")
        .properties()
        .forEach(
            point -> {
              int threads = threads(source, id, point.getKey());
              double speed = point.getValue().isNumber() ? point.getValue().asDouble() : 0;
              if (speed >= SLOWEST && speed <= FASTEST) {
                given.put(threads, speed);
              } else {
                pointsLeftOut.add("%s with %d: %s".formatted(id, threads, point.getValue()));
              }
            });
    if (!given.containsKey(1)) {
      throw new BadInputException(
          "%s: series must have a point at 1 thread, which is what it is calibrated by: %s"
              .formatted(source, id));
    }
    SortedSet<Integer> calibration = new TreeSet<>();
    JsonNode points = node.path("cal_points");
    points.forEach(point -> calibration.add(threads(source, id, point.asText())));
    if (points.asText("").equals("all")) {
      calibration.addAll(given.keySet());
    }
    if (!calibration.contains(1)) {
      throw new BadInputException("%s: cal_points must have 1 thread: %s".formatted(source, id));
    }
    SortedSet<Integer> predict = new TreeSet<>(given.keySet());
    if (node.has("predict") && !node.path("predict").isArray()) {
      throw new BadInputException("%s: predict must be a list: %s".formatted(source, id));
    }
    node.path("predict").forEach(point -> predict.add(threads(source, id, point.asText())));
    String workload = node.path("workload").asText("");
    Machine machine = Machines.of(machineName);
    return new Series(
        id,
        workload,
        machine.name(),
        pool,
        workload.startsWith("raw"),
        number(source, BULK, workload, Workload.MOST_BULK, 1),
        number(source, CAPACITY, workload, MOST, 2 * machine.cpus()),
        given,
        missed(source, id, node),
        calibration,
        predict,
        !node.path("calibration_points_only").asBoolean(false));
  }

  /** Misses are counted for as long as operations are: of both together, these are a share. */
  private static SortedMap<Integer, Double> missed(String source, String id, JsonNode node) {
    SortedMap<Integer, Double> shares = new TreeMap<>();
    node.path("missed_per_10s")
        .properties()
        .forEach(
            point -> {
              double done = node.path("count_per_10s").path(point.getKey()).asDouble(0);
              double misses = point.getValue().asDouble(-1);
              if (misses >= 0 && done > 0) {
                shares.put(threads(source, id, point.getKey()), misses / (misses + done));
              }
            });
    return shares;
  }

  private static String machineName(String published) {
    String lower = published.toLowerCase(Locale.ROOT);
    return lower.equals("kunpeng920_96") ? "kunpeng920" : lower;
  }

  private static int threads(String source, String id, String text) {
    int threads = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    if (threads < 1 || threads > MOST_THREADS) {
      throw new BadInputException(
          "%s: threads must be in [1, %d]: %s in %s".formatted(source, MOST_THREADS, text, id));
    }
    return threads;
  }

  private static int number(String source, Pattern pattern, String text, int most, int otherwise) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      return otherwise;
    }
    String digits = matcher.group(1);
    if (digits.length() > 6 || Integer.parseInt(digits) < 1 || Integer.parseInt(digits) > most) {
      throw new BadInputException(
          "%s: a workload's numbers must be in [1, %d]: %s".formatted(source, most, text));
    }
    return Integer.parseInt(digits);
  }
}
