package dev.kretsim.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.lock.LockDesigns;
import dev.kretsim.pool.PoolDesigns;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MarginTest {
  @Test
  void otherSeedsLieWithinTheMarginAsOftenAsItSays() {
    List<Point> points = LongStream.rangeClosed(1, 24).mapToObj(MarginTest::point).toList();
    double mean = points.stream().mapToDouble(Point::opsPerSecond).average().orElseThrow();
    long covered =
        points.stream()
            .filter(one -> Math.abs(one.opsPerSecond() / mean - 1) <= one.margin())
            .count();
    // Of 24 at 95 %, fewer than 19 come hardly ever.
    assertThat(covered).isGreaterThanOrEqualTo(19);
    double widest = points.stream().mapToDouble(Point::margin).max().orElseThrow();
    double farthest =
        points.stream()
            .mapToDouble(one -> Math.abs(one.opsPerSecond() / mean - 1))
            .max()
            .orElseThrow();
    assertThat(widest).isLessThan(2 * farthest);
  }

  private static Point point(long seed) {
    return Simulation.runRoughly(
        new Simulation.Setup(
            Machines.of("xeon8260"),
            PoolDesigns.FREELIST,
            LockDesigns.QUEUED,
            24,
            Placement.SPREAD,
            192,
            Workload.loop(5),
            seed));
  }
}
