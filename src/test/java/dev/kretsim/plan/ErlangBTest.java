package dev.kretsim.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Erlang B against the formula itself and tabled values. */
class ErlangBTest {
  @Test
  void agreesWithTheSumOfPowersOverFactorials() {
    double load = 3.7;
    double[] losses = ErlangB.losses(load, 12);
    double term = 1;
    double sum = 1;
    for (int c = 1; c <= 12; c++) {
      term *= load / c;
      sum += term;
      assertThat(losses[c]).isCloseTo(term / sum, within(1e-14));
    }
  }

  @Test
  void tenErlangsOnTenInstancesLoseTwentyOnePercent() {
    assertThat(ErlangB.losses(10, 10)[10]).isCloseTo(0.2146, within(5e-5));
  }

  @Test
  void staysExactFarOut() {
    assertThat(ErlangB.losses(1000, 1072)[1072]).isCloseTo(1e-3, within(1e-4));
    assertThat(ErlangB.losses(0, 3)).containsExactly(1, 0, 0, 0);
  }
}
