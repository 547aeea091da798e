package dev.kretsim.conform.recording;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.machine.MachineSpec;
import java.util.Map;

/** Bounds of the numbers that say how much is to be done, so that a replay ends. */
final class RecordedNumbers {
  private static final int MOST = 100_000;
  private static final int MOST_CALLS = 5_000_000;
  private static final int DEEPEST = 1000;
  private static final int DEPTH = 3;

  private static final Map<String, Bound> BOUNDS =
      Map.of(
          "maxactive", new Bound(Integer.MIN_VALUE, Integer.MAX_VALUE),
          "count", new Bound(0, MOST),
          "n", new Bound(0, MOST),
          "tasks", new Bound(0, MOST),
          "num", new Bound(-MOST, MOST),
          "to", new Bound(0, MOST),
          "step", new Bound(1, MOST),
          "threads", new Bound(1, MachineSpec.MAX_CPUS));

  private record Bound(long least, long most) {
    void check(String name, JsonNode number) {
      if (!number.isNumber() && !number.isNull() && !number.isMissingNode()) {
        throw new BadInputException("%s must be a number: %s".formatted(name, number));
      }
      // A double, so that what is beyond a long is not within.
      if (number.isNumber() && !(number.asDouble() >= least && number.asDouble() <= most)) {
        throw new BadInputException(
            "%s must be in [%d, %d]: %s".formatted(name, least, most, number.asText()));
      }
    }
  }

  private RecordedNumbers() {}

  /**
   * Checks what is to be done, at any depth.
   *
   * @throws BadInputException if a number is out of its bounds
   */
  static void check(JsonNode done) {
    done.properties()
        .forEach(
            field -> {
              Bound bound = BOUNDS.get(field.getKey());
              if (bound != null) {
                bound.check(field.getKey(), field.getValue());
              }
              if (field.getKey().equals("sleepers")) {
                field.getValue().forEach(each -> new Bound(0, MOST).check("sleepers", each));
              }
              if (field.getKey().equals("arrivals")) {
                field
                    .getValue()
                    .forEach(each -> new Bound(0, DEEPEST).check("depth", each.path(DEPTH)));
              }
            });
    if (done.path("function").asText().equals("rec")) {
      new Bound(-DEEPEST, DEEPEST).check("argument of rec", done.path("argument"));
    }
    if (done.path("threads").asLong(1) * done.path("count").asLong(1) > MOST_CALLS) {
      throw new BadInputException("threads times count must be at most " + MOST_CALLS);
    }
    done.forEach(RecordedNumbers::check);
  }
}
