package dev.kretsim.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DecimalTest {
  @Test
  void aFixedNumberOfDecimalsIsWhatFormatsPrint() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      double value = Math.exp(random.nextDouble() * 40 - 12);
      int decimals = random.nextInt(4);
      assertThat(Decimal.fixed(value, decimals))
          .isEqualTo(String.format(Locale.ROOT, "%." + decimals + "f", value));
    }
    assertThat(Decimal.fixed(0, 2)).isEqualTo("0.00");
    assertThat(Decimal.fixed(0.125, 2)).isEqualTo("0.13");
    assertThat(Decimal.fixed(Double.NaN, 2)).isEqualTo("NaN");
    assertThat(Decimal.fixed(Double.POSITIVE_INFINITY, 2)).isEqualTo("Infinity");
  }
}
