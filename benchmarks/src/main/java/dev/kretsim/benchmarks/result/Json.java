package dev.kretsim.benchmarks.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.files.JsonFile;
import dev.kretsim.kernel.BadInputException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A measurement as JSON. Iterations are all there; what is computed from them (percentiles, ratios,
 * verdicts) is written for other readers, and computed again when it is read.
 */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String NOUN = "file of the runner's --json";
  private static final int MOST_BYTES = 64 << 20;

  private Json() {}

  public static String write(Measurement measured) {
    ObjectNode json = summary(measured);
    ArrayNode scores = json.putArray("scores");
    measured.scores().forEach(score -> write(score, scores.addObject()));
    return oneLineEach(json);
  }

  /** All but the scores. */
  static ObjectNode summary(Measurement measured) {
    ObjectNode json = MAPPER.createObjectNode();
    Host host = measured.host();
    json.put("date", measured.date()).put("quick", measured.quick());
    json.putObject("host")
        .put("cpu", host.cpu())
        .put("processors", host.processors())
        .put("system", host.system())
        .put("jdk", host.jdk());
    ArrayNode bars = json.putArray("bars");
    for (Bar bar : Bars.of(measured)) {
      ObjectNode node =
          bars.addObject()
              .put("id", bar.id())
              .put("ratio", bar.ratio())
              .put("better", bar.atMost() ? "less" : "more")
              .put("gate", bar.gate())
              .put("goal", bar.goal())
              .put("verdict", bar.verdict().label());
      bar.found().ifPresent(found -> put(node, found));
    }
    ArrayNode missing = json.putArray("not_measured");
    measured.notMeasured().forEach(missing::add);
    return json;
  }

  private static void write(Score score, ObjectNode node) {
    node.put("group", score.group()).put("benchmark", score.benchmark());
    node.put("threads", score.threads());
    ObjectNode params = node.putObject("params");
    score.params().forEach(params::put);
    put(node, score.estimate());
    node.put("median", rounded(score.median()));
    node.put("hits_per_us", rounded(score.hits())).put("misses_per_us", rounded(score.misses()));
    ArrayNode forks = node.putArray("ns");
    for (List<Double> fork : score.forks()) {
      ArrayNode times = forks.addArray();
      fork.forEach(time -> times.add(rounded(time)));
    }
  }

  private static void put(ObjectNode node, Estimate estimate) {
    node.put("p20", rounded(estimate.value()));
    node.put("low", rounded(estimate.low())).put("high", rounded(estimate.high()));
  }

  /** Four digits: more are noise, and make the file long. */
  private static double rounded(double value) {
    return value == 0 || !Double.isFinite(value)
        ? value
        : new BigDecimal(value).round(new MathContext(4)).doubleValue();
  }

  /** A line for each element of an array at the top, so that changes show line by line. */
  private static String oneLineEach(ObjectNode json) {
    List<String> fields = new ArrayList<>();
    json.fields()
        .forEachRemaining(
            field -> {
              String value = field.getValue().toString();
              if (field.getValue().isArray() && !field.getValue().isEmpty()) {
                List<String> lines = new ArrayList<>();
                field.getValue().forEach(element -> lines.add("\n    " + element));
                value = "[" + String.join(",", lines) + "\n  ]";
              }
              fields.add("\n  \"" + field.getKey() + "\": " + value);
            });
    return "{" + String.join(",", fields) + "\n}\n";
  }

  /**
   * @throws IOException if it is not what {@link #write} has written
   */
  /**
   * Reads what was written to a file.
   *
   * @throws BadInputException if that cannot be read, or holds something else
   */
  public static Measurement read(Path file) {
    return read(file.toString(), JsonFile.read(file, NOUN, MOST_BYTES));
  }

  /** Reads what was written. */
  public static Measurement read(String text) {
    return read("results", JsonFile.parse("results", NOUN, text));
  }

  private static Measurement read(String name, JsonNode json) {
    if (!json.path("scores").isArray() || !json.path("host").isObject()) {
      throw new BadInputException(name + ": not a " + NOUN + ": \"host\" or \"scores\" is missing");
    }
    JsonNode host = json.get("host");
    List<Score> scores = new ArrayList<>();
    for (JsonNode score : json.get("scores")) {
      if (!score.path("benchmark").asText().contains(".") || score.path("ns").isEmpty()) {
        throw new BadInputException(
            name + ": not a " + NOUN + ": a score without \"benchmark\" or \"ns\"");
      }
      scores.add(readScore(score));
    }
    List<String> missing = new ArrayList<>();
    json.path("not_measured").forEach(line -> missing.add(line.asText()));
    return new Measurement(
        new Host(
            host.path("cpu").asText(),
            host.path("processors").asInt(),
            host.path("system").asText(),
            host.path("jdk").asText()),
        json.path("date").asText(),
        json.path("quick").asBoolean(),
        scores,
        missing);
  }

  private static Score readScore(JsonNode json) {
    SortedMap<String, String> params = new TreeMap<>();
    json.path("params")
        .fields()
        .forEachRemaining(e -> params.put(e.getKey(), e.getValue().asText()));
    List<List<Double>> forks = new ArrayList<>();
    for (JsonNode fork : json.path("ns")) {
      List<Double> times = new ArrayList<>();
      fork.forEach(time -> times.add(time.asDouble()));
      forks.add(times);
    }
    return new Score(
        json.path("group").asText(),
        json.path("benchmark").asText(),
        json.path("threads").asInt(),
        params,
        forks,
        json.path("hits_per_us").asDouble(),
        json.path("misses_per_us").asDouble());
  }
}
