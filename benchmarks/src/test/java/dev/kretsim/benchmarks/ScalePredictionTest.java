package dev.kretsim.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.benchmarks.result.Score;
import dev.kretsim.scale.Machine;
import dev.kretsim.scale.Machines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions for the machine at hand come from what was measured of it. */
class ScalePredictionTest {
  private static final Cell QUEUED =
      new Cell(
          ScalePrediction.BENCHMARK,
          2,
          Score.paramsOf("design=HLIST_QUEUED", "capacity=16", "holdTokens=0"),
          true,
          false,
          false);

  @TempDir private Path folder;

  private Machine machine(Object sameDie, double rmw) throws IOException {
    Path file = folder.resolve("machine.yaml");
    Files.writeString(
        file,
        """
        sockets: 1
        coresPerSocket: 2
        coresPerDie: 2
        coresPerCluster: 1
        smt: 1
        lineBytes: 64
        sameDie: %s
        rmw: %s
        load: 0.2
        store: 0.3
        sharedRead: 20
        sharedReadFar: 90
        occupancy: 20
        smtKernel: 1.5
        smtTight: 1.6
        snoopFraction: 0.5
        jitter: 0.2
        """
            .formatted(sameDie, rmw));
    return Machines.of(file.toString());
  }

  @Test
  void aLineThatTakesFourTimesAsLongMakesTheQueuedLockSlowerThreeTimesOrMore() throws IOException {
    Score score = ScalePrediction.of("scale", QUEUED, List.of(machine(25, 4.7), machine(100, 4.7)));
    assertThat(score.forks()).hasSize(2);
    assertThat(score.forks().get(1).get(0)).isGreaterThan(3 * score.forks().get(0).get(0));
  }

  @Test
  void aMachineThatStaysAsItWasIsPredicted() throws IOException {
    assertThat(ScalePrediction.changed(2, List.of(machine(26.4, 4.7), machine(26.8, 4.8))))
        .isEmpty();
  }

  @Test
  void aMachineThatHasChangedIsNotPredictedAndWhyIsSaid() throws IOException {
    assertThat(ScalePrediction.changed(2, List.of(machine(18.3, 4.7), machine(25.2, 4.7))))
        .contains(
            "the machine changed: a line between CPUs took 18.3 ns before the pools and 25.2 ns"
                + " after them");
    assertThat(ScalePrediction.changed(1, List.of(machine(26, 4.7), machine(26, 5.7))))
        .hasValueSatisfying(how -> assertThat(how).contains("an exchange took 4.7 ns"));
  }

  @Test
  void oneThreadDoesNotMindHowFarApartCpusAre() throws IOException {
    assertThat(ScalePrediction.changed(1, List.of(machine(6.3, 4.7), machine(58.0, 4.7))))
        .isEmpty();
  }

  @Test
  void cpusThatAreNowHyperthreadsOfOneCoreAndNowNotAreNoMachineToPredict() throws IOException {
    String apart =
        "{value: 58.99, from: \"measured: median of 7 bouts from 6.31 to 62.79, pinned\"}";
    assertThat(ScalePrediction.changed(2, List.of(machine(apart, 4.7), machine(apart, 4.7))))
        .contains(
            "the machine changed: a line between CPUs took from 6.31 to 62.79 ns in one"
                + " measurement");
    String together =
        "{value: 58, from: \"measured: median of 7 bouts from 55.30 to 59.09, pinned\"}";
    assertThat(ScalePrediction.changed(2, List.of(machine(together, 4.7)))).isEmpty();
  }
}
