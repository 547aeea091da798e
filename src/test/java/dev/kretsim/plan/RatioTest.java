package dev.kretsim.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Ratios below a thousandth are written with an exponent, rounded as everywhere. */
class RatioTest {
  @Test
  void smallRatiosAreWrittenAsPrintfDoes() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      double ratio = random.nextInt(1, 100_000) * Math.pow(10, -random.nextInt(8, 40));
      String printed = String.format(Locale.ROOT, "%.1e", ratio);
      assertThat(Ratio.text(ratio))
          .as("%s", ratio)
          .isEqualTo(printed.replace(".0e", "e").replace("e-0", "e-"));
    }
  }

  @Test
  void aRangeHasTheDigitsThatTellItsEndsApart() {
    assertThat(Ratio.range(1.234e-5, 1.236e-5)).isEqualTo("1.23e-5 - 1.24e-5");
    assertThat(Ratio.range(3e-5, 3.0004e-5)).isEqualTo("3.0000e-5 - 3.0004e-5");
    assertThat(Ratio.range(9.96e-5, 9.96e-5)).isEqualTo("1e-4");
  }
}
