package dev.kretsim.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kretsim.benchmarks.process.ScaleRun;
import dev.kretsim.benchmarks.result.Bar;
import dev.kretsim.benchmarks.result.Bars;
import dev.kretsim.benchmarks.result.Comparison;
import dev.kretsim.benchmarks.result.Estimate;
import dev.kretsim.benchmarks.result.Host;
import dev.kretsim.benchmarks.result.Html;
import dev.kretsim.benchmarks.result.Json;
import dev.kretsim.benchmarks.result.Measurement;
import dev.kretsim.benchmarks.result.Score;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of the iterations that were measured. */
class ResultTest {
  private static final Host HOST = new Host("a <cpu>", 2, "Linux amd64", "a JVM 17");

  private static Score pool(String design, int threads, double misses, List<List<Double>> forks) {
    return new Score(
        "pool-" + threads,
        "PoolBenchmark.popAndPush",
        threads,
        Score.paramsOf("design=" + design, "capacity=16", "holdTokens=0"),
        forks,
        100,
        misses);
  }

  private static Measurement measured(Score... scores) {
    return new Measurement(
        HOST, "2026-01-02T03:04:05Z", false, List.of(scores), List.of("planner: no time"));
  }

  private static Measurement sample() {
    return measured(
        pool("FLOOR", 1, 0, List.of(List.of(1.0, 1.0, 9.0), List.of(1.0, 1.0, 1.0))),
        pool("RING", 1, 0, List.of(List.of(4.0, 4.0, 4.0), List.of(3.0, 3.0, 90.0))),
        pool("FREELIST", 1, 25, List.of(List.of(16.0), List.of(20.0))));
  }

  private static Bar bar(Measurement measured, String ratio) {
    return Bars.of(measured).stream()
        .filter(bar -> bar.ratio().equals(ratio))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void howLongPredictionsTakeIsToldInSeconds() {
    Score ran =
        new Score(
            "simulation",
            ScaleRun.Asked.DEFAULT.benchmark(),
            1,
            Score.paramsOf(),
            List.of(List.of(7e9), List.of(8e9), List.of(9e9)),
            0,
            0);
    assertThat(bar(measured(ran), "s for kretsim scale without options").found())
        .contains(new Estimate(8, 7, 9));
  }

  @Test
  void aQuantileLiesBetweenTheTwoNextToIt() {
    List<Double> values = List.of(4.0, 1.0, 3.0, 2.0, 5.0);
    assertThat(Estimate.quantile(values, 0)).isEqualTo(1);
    assertThat(Estimate.quantile(values, 0.2)).isCloseTo(1.8, within(1e-12));
    assertThat(Estimate.quantile(values, 1)).isEqualTo(5);
    assertThat(Estimate.quantile(List.of(7.0), 0.2)).isEqualTo(7);
  }

  @Test
  void anEstimateSpansItsForks() {
    Estimate estimate = Estimate.of(List.of(List.of(1.0, 1.0, 1.0), List.of(3.0, 3.0, 3.0)));
    assertThat(estimate).isEqualTo(new Estimate(1, 1, 3));
    assertThat(new Estimate(6, 4, 8).over(new Estimate(2, 1, 4))).isEqualTo(new Estimate(3, 1, 8));
  }

  @ParameterizedTest
  @CsvSource({
    "3.6, 4.5, 3.6, true, GOAL",
    "3.61, 4.5, 3.6, true, GATE",
    "4.5, 4.5, 3.6, true, GATE",
    "4.51, 4.5, 3.6, true, MISSED",
    "25, 15, 25, false, GOAL",
    "15, 15, 25, false, GATE",
    "14.9, 15, 25, false, MISSED",
  })
  void theVerdictIsThatOfTheNearestBound(
      double found, double gate, double goal, boolean atMost, Bar.Verdict verdict) {
    Bar bar = new Bar("P", "", gate, goal, atMost, Optional.of(new Estimate(found, 0, 99)));
    assertThat(bar.verdict()).isEqualTo(verdict);
  }

  @Test
  void aRatioIsThatOfTheScoresItNames() {
    Bar ours = bar(sample(), "ours / thread-local stack, 1 thread");
    assertThat(ours.found().orElseThrow()).isEqualTo(new Estimate(3, 3, 4));
    assertThat(ours.verdict()).isEqualTo(Bar.Verdict.GOAL);
    assertThat(bar(sample(), "freelist / ours, 1 thread").found().orElseThrow().low()).isEqualTo(4);
  }

  @Test
  void whatWasNotMeasuredIsNotJudged() {
    assertThat(Bars.of(measured()))
        .isNotEmpty()
        .allMatch(bar -> bar.verdict() == Bar.Verdict.NOT_MEASURED);
  }

  @Test
  void jsonGivesBackWhatWasWritten() throws IOException {
    String json = Json.write(sample());
    assertThat(Json.read(json)).isEqualTo(sample());
    assertThat(Json.write(Json.read(json))).isEqualTo(json);
    assertThatThrownBy(() -> Json.read("{}")).hasMessageContaining("\"host\" or \"scores\"");
  }

  @Test
  void aQuestionComparesItsDesignsWithItsFloor() {
    Comparison comparison = Comparison.of(sample()).get(0);
    assertThat(comparison.question())
        .isEqualTo("PoolBenchmark.popAndPush, 1 thread, capacity 16, holdTokens 0");
    assertThat(comparison.entries())
        .extracting(Comparison.Entry::name)
        .containsExactly("floor", "ring", "freelist");
    assertThat(comparison.entries().get(1).overFloor().orElseThrow().value()).isEqualTo(3);
    assertThat(comparison.entries().get(2).score().missShare()).isEqualTo(0.2);
  }

  @Test
  void aFloorOfAnotherQuestionIsNotTaken() {
    SortedMap<String, String> other =
        Score.paramsOf("design=FLOOR", "capacity=1024", "holdTokens=0");
    Score ring = pool("RING", 1, 0, List.of(List.of(4.0)));
    Score floor = new Score("pool-1", ring.benchmark(), 1, other, ring.forks(), 1, 0);
    assertThat(Comparison.of(measured(ring, floor)))
        .extracting(comparison -> comparison.entries().get(0).overFloor().isPresent())
        .containsExactly(false, true);
  }

  @Test
  void roundsAddTheirForks() {
    Score first = pool("RING", 1, 30, List.of(List.of(1.0), List.of(2.0)));
    Score both = first.and(pool("RING", 1, 0, List.of(List.of(3.0))));
    assertThat(both.forks()).containsExactly(List.of(1.0), List.of(2.0), List.of(3.0));
    assertThat(both.misses()).isCloseTo(20, within(1e-9));
    assertThat(first.sameAs(both)).isTrue();
    assertThat(first.sameAs(pool("RING", 2, 0, List.of()))).isFalse();
  }

  @Test
  void thePageAsksNobodyForAnythingAndNoTextEndsItsScript() {
    String page = Html.of(sample());
    assertThat(page).startsWith("<!DOCTYPE html>").contains("uPlot", "a \\u003ccpu>");
    assertThat(page).doesNotContain("src=", "/*uplot", "/*results*/", "@import");
    assertThat(page.replace("\"http://www.w3.org", "")).doesNotContain("href=\"http");
  }

  @Test
  void aBusyMachineIsGivenUpAfterAllTries() throws InterruptedException {
    List<String> log = new ArrayList<>();
    assertThat(new IdleWindow(() -> 0.9, 0, log::add).await()).isFalse();
    assertThat(log).hasSize(20).last().asString().endsWith("90 % idle, try 20 of 20");
  }

  @Test
  void anIdleMomentIsTaken() throws InterruptedException {
    List<String> log = new ArrayList<>();
    assertThat(new IdleWindow(() -> log.size() < 3 ? 0.5 : 0.95, 0, log::add).await()).isTrue();
    assertThat(log).hasSize(3);
  }

  @Test
  void everyGroupHasAMainPart() {
    for (Group group : Group.values()) {
      assertThat(group.cells()).isNotEmpty().anyMatch(Cell::main);
    }
    assertThat(Group.POOL_2.cells()).allMatch(cell -> cell.threads() == 2);
  }
}
