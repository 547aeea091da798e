package dev.kretsim.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.benchmarks.peer.Contenders;
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
  @TempDir private Path folder;

  private static Cell queued(int threads) {
    return cell(threads, "HLIST_QUEUED");
  }

  private static Cell cell(int threads, String design) {
    return new Cell(
        ScalePrediction.BENCHMARK,
        threads,
        Score.paramsOf("design=" + design, "capacity=16", "holdTokens=0"),
        true,
        false,
        false);
  }

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
    Score score = predicted(2, 0, machine(25, 4.7), machine(100, 4.7));
    assertThat(score.forks()).hasSize(2);
    assertThat(score.forks().get(1).get(0)).isGreaterThan(3 * score.forks().get(0).get(0));
  }

  @Test
  void whatTheBenchmarkCostsWithoutAPoolIsPartOfThePrediction() throws IOException {
    double alone = predicted(1, 0, machine(25, 4.7)).forks().get(0).get(0);
    double besides = predicted(1, 40, machine(25, 4.7)).forks().get(0).get(0);
    assertThat(besides - alone).isBetween(39.0, 41.0);
  }

  @Test
  void withoutThatNothingIsPredicted() throws IOException {
    Machine machine = machine(25, 4.7);
    assertThatThrownBy(
            () -> ScalePrediction.of("scale", List.of(queued(2)), List.of(), List.of(machine)))
        .hasMessage("not measured without a pool: threads=2");
  }

  private static Score predicted(int threads, double besidesNs, Machine... times) {
    Cell without = cell(threads, Contenders.NOTHING);
    Score measured =
        new Score(
            "scale",
            ScalePrediction.MEASURED,
            threads,
            without.params(),
            List.of(List.of(besidesNs)),
            0,
            0);
    List<Score> all =
        ScalePrediction.of(
            "scale", List.of(without, queued(threads)), List.of(measured), List.of(times));
    assertThat(all).hasSize(1);
    return all.get(0);
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
