package dev.kretsim.plan.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
      assertThat(ErlangB.loss(load, c)).isCloseTo(term / sum, within(1e-14));
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

  /** For a load as large as the pool the loss is near sqrt(2 / (pi load)), and it has to sum up. */
  @Test
  void isStableForAHundredThousandInstances() {
    double load = 1e5;
    double loss = ErlangB.losses(load, 100_000)[100_000];
    assertThat(loss).isCloseTo(Math.sqrt(2 / (Math.PI * load)), within(1e-5));
    assertThat(ErlangB.losses(load + 0.5, 101_500)[101_500]).isBetween(1e-9, 1e-6);
  }

  @ParameterizedTest
  @CsvSource({"0.3, 0.4", "5, 2.5", "20, 19.9", "100, 130.25"})
  void betweenWholeSizesItKeepsItsRecursion(double load, double size) {
    double here = ErlangB.loss(load, size);
    double next = load * here / (size + 1 + load * here);
    assertThat(ErlangB.loss(load, size + 1)).isCloseTo(next, within(1e-9 * next));
    assertThat(here).isBetween(ErlangB.loss(load, size + 0.01), ErlangB.loss(load, size - 0.01));
    assertThat(ErlangB.loss(load, Math.floor(size) + 1e-9))
        .isCloseTo(ErlangB.loss(load, Math.floor(size)), within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"1, 0.5", "5, 0.01", "54, 1e-4", "1000, 1e-6"})
  void theLoadThatIsFoundHasTheLoss(int size, double loss) {
    double load = ErlangB.loadFor(size, loss);
    assertThat(ErlangB.loss(load, size)).isCloseTo(loss, within(1e-6 * loss));
    assertThat(ErlangB.sizeFor(load * 0.999, loss)).isEqualTo(size);
    assertThat(ErlangB.sizeFor(load * 1.001, loss)).isEqualTo(size + 1);
  }

  /** Values of the exact asymptotic variance of M/M/c/c over that of independent losses. */
  @ParameterizedTest
  @CsvSource({"1, 5, 1.5", "10, 29, 2.1", "100, 117, 12", "100, 149, 5.3", "1000, 1029, 40"})
  void lossesClumpAsIsPublished(double load, int size, double clump) {
    assertThat(ErlangB.clump(load, size)).isCloseTo(clump, within(0.05 * clump));
  }
}
