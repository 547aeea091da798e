package dev.kretsim.report.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.scale.Study.Estimate;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarginsTest {
  @Test
  void whatIsKnownWellIsSaidOfAll() {
    assertThat(Margins.sentence(List.of(at("ring", 2, 0.004), at("freelist", 2, 0.01))))
        .isEqualTo("Simulated until known within 1 % with 95 % confidence.");
  }

  @Test
  void aPoolIsNamedWithTheFewestThreadsAndTheWidestMargin() {
    List<Estimate> estimates =
        List.of(
            at("hlist", 1, 0),
            at("hlist", 2, Double.NaN),
            at("freelist", 2, 0.009),
            at("freelist", 8, 0.041),
            at("freelist", 4, 0.012),
            at("freelist", 16, 0.008));
    assertThat(Margins.sentence(estimates))
        .isEqualTo(
            """
            Simulated until known within 1 % with 95 % confidence, but
            hlist from 2 threads on, where one round was simulated,
            freelist from 4 threads on within 5 %.""");
  }

  private static Estimate at(String pool, int threads, double margin) {
    return ComparisonTest.at(pool, threads, 1, margin);
  }
}
