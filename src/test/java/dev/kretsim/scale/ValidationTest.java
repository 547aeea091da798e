package dev.kretsim.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.pool.PoolDesigns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far off predictions are, and that a wrong model would be further off. */
class ValidationTest {
  private static final String FREELIST = "krp.xeon8260.flock.n.fl:96";

  /** What predictions for a contended freelist keep to, and wrong models do not. */
  private static final double CLOSE = 0.15;

  private static List<Published.Series> published() throws IOException {
    try (InputStream in = ValidationTest.class.getResourceAsStream("/scale/published.json")) {
      String json = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return Published.read("published.json", json).series();
    }
  }

  private static Validation.Outcome outcome(String id, UnaryOperator<Machine> change)
      throws IOException {
    List<Published.Series> one = published().stream().filter(s -> s.id().equals(id)).toList();
    return new Validation(1, change).of(one).get(0);
  }

  @ParameterizedTest
  @CsvSource({
    FREELIST + "," + CLOSE,
    "raw.xeon8260.fl:384/0-1," + CLOSE,
    "krp.xeon8260.flock.n.op:96,0.10",
    "krp.8336C.prctl.objpool.v10,0.10",
    "krp.8336C.prctl.native,0.25",
    "krp.kunpeng.prctl.native,0.25"
  })
  void thePredictionOfASeriesIsAsCloseAsTheDocsSay(String id, double most) throws IOException {
    assertThat(outcome(id, UnaryOperator.identity()).medianError().orElse(0))
        .isLessThanOrEqualTo(most);
  }

  @Test
  void withAllLatenciesEqualTheFreelistIsPredictedWrongly() throws IOException {
    assertThat(outcome(FREELIST, Machine::withEqualTransfers).medianError().orElseThrow())
        .isGreaterThan(CLOSE);
  }

  @Test
  void withoutOccupancyTheFreelistIsPredictedWrongly() throws IOException {
    assertThat(outcome(FREELIST, xeon -> xeon.withOccupancy(0)).medianError().orElseThrow())
        .isGreaterThan(CLOSE);
  }

  @Test
  void withoutOccupancyTheFreelistOfAnotherMachineIsTooFast() {
    // Published: 295 thousand hits a second with 96 threads.
    Machine kunpeng = Machines.of("kunpeng920");
    assertThat(allOf(kunpeng)).isBetween(250e3, 340e3);
    assertThat(allOf(kunpeng.withOccupancy(0))).isGreaterThan(400e3);
  }

  private static double allOf(Machine machine) {
    return Simulation.run(
            new Simulation.Setup(
                machine,
                PoolDesigns.FREELIST,
                LockDesigns.QUEUED,
                machine.cpus(),
                Placement.SPREAD,
                192,
                Workload.hits(518),
                1))
        .opsPerSecond();
  }

  @Test
  void onlyPointsThatWereNotForCalibrationCount() throws IOException {
    Validation.Outcome native8336 = outcome("krp.8336C.prctl.native", UnaryOperator.identity());
    assertThat(native8336.points()).allMatch(Validation.Prediction::calibrated);
    assertThat(native8336.medianError()).isEmpty();
  }

  @Test
  void aSeriesThatCannotBeCalibratedIsRefused() {
    String json = "{\"series\":[{\"id\":\"a\",\"pool\":\"native\",\"threads\":{\"2\":5}}]}";
    assertThatThrownBy(() -> Published.read("f", json))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("1 thread");
  }
}
