package dev.kretsim.report.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.scale.Placement;
import dev.kretsim.scale.Point;
import dev.kretsim.scale.Study.Estimate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which pool is ahead, in a sentence. */
class ComparisonTest {
  @Test
  void aPoolThatIsAlwaysAheadIsTheFastest() {
    assertThat(sentences(speeds("a", 10, 20, 40), speeds("b", 20, 40, 80)))
        .containsExactly("Fastest: b.");
  }

  @Test
  void whereAnotherIsFastestItIsSaidWithHowManyThreads() {
    assertThat(sentences(speeds("a", 20, 30, 40), speeds("b", 10, 30, 80)))
        .containsExactly(
            "Fastest: a with 1 thread; all level with 2 threads; b with 4 threads.",
            "a is ahead of b with 1 thread, and behind it with 4 threads.");
  }

  @Test
  void poolsThatDifferByLessThanIsKnownAreLevel() {
    assertThat(sentences(speeds("a", 100, 200, 400), speeds("b", 104, 208, 416)))
        .containsExactly("Fastest: all level.");
  }

  @Test
  void aPoolIsNotAheadWhereThePlacementDecides() {
    List<Estimate> wide =
        Stream.of(speeds("a", 10, 10, 10), speeds("a", 50, 50, 50)).flatMap(List::stream).toList();
    assertThat(sentences(wide, speeds("b", 30, 30, 30))).containsExactly("Fastest: all level.");
  }

  @Test
  void aPoolThatManyThreadsSlowDownIsNamedEvenIfAlone() {
    assertThat(sentences(speeds("a", 10, 8, 4)))
        .containsExactly("With a, 4 threads together do less than 1.");
  }

  @Test
  void onePoolThatScalesNeedsNoSentence() {
    assertThat(sentences(speeds("a", 10, 20, 40))).isEmpty();
  }

  @SafeVarargs
  private static List<String> sentences(List<Estimate>... pools) {
    return new Comparison(Stream.of(pools).flatMap(List::stream).toList()).sentences();
  }

  /** With 1, 2 and 4 threads. */
  private static List<Estimate> speeds(String pool, double one, double two, double four) {
    return List.of(at(pool, 1, one), at(pool, 2, two), at(pool, 4, four));
  }

  private static Estimate at(String pool, int threads, double speed) {
    return at(pool, threads, speed, 0.01);
  }

  static Estimate at(String pool, int threads, double speed, double margin) {
    Point point =
        new Point(
            pool,
            threads,
            Placement.SPREAD,
            speed,
            margin,
            0,
            0,
            0,
            0,
            Map.of(),
            0,
            0,
            Map.of(),
            0,
            1,
            1,
            1);
    return new Estimate(point, false, speed, speed);
  }
}
