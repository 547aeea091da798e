package dev.kretsim.workload.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kretsim.kernel.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Distributions have the moments they are asked for, and refuse what they are not. */
class DistributionTest {
  private static final int DRAWS = 200_000;

  private static long[] draw(String text) {
    LongSupplier sampler = Distribution.parse(text).sampler(RandomStream.of(7));
    long[] drawn = new long[DRAWS];
    Arrays.setAll(drawn, i -> sampler.getAsLong());
    assertThat(Arrays.stream(drawn).min().orElseThrow()).isNotNegative();
    return drawn;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "10ms|10000000|0",
        "fixed(10ms)|10000000|0",
        "uniform(min=0ns,max=2ms)|1000000|0.3333",
        "exponential(mean=1ms)|1000000|1",
        "erlang(mean=1ms,k=4)|1000000|0.25",
        "gamma(mean=1ms,shape=2)|1000000|0.5",
        "hyperexponential(mean=1ms,cv2=4)|1000000|4",
        "lognormal(mean=1ms,sigma=0.5)|1000000|0.284",
        "weibull(mean=1ms,shape=2)|1000000|0.273",
        "pareto(mean=1ms,shape=5)|1000000|0.0667",
      })
  void meanAndSquaredVariationAreAsAsked(String text, double mean, double cv2) {
    long[] drawn = draw(text);
    double average = Arrays.stream(drawn).average().orElseThrow();
    double variance =
        Arrays.stream(drawn).mapToDouble(x -> (x - average) * (x - average)).average().orElse(0);
    assertThat(average).isCloseTo(mean, within(mean * 0.02));
    assertThat(variance / (average * average)).isCloseTo(cv2, within(0.06 * cv2 + 1e-9));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "1,500us|1500000",
        "fixed(1,500us)|1500000",
        "exponential(1,500us)|1500000",
        "exponential 12,000us|12000000",
        "exponential(mean=1,500us)|1500000",
        "mean=1,500us|1500000",
        "average 1,500.5us|1500500",
        "mean 1.234.567us|1234567000",
        "mean=1,5ms|1500000",
        "exponential(1,5ms)|1500000",
        "uniform(1,000us,2,000us)|1500000",
        "uniform(1,000us to 2,000us)|1500000",
        "uniform(1,5ms,2,5ms)|2000000",
      })
  void aCommaSetsThousandsApartInALawAsInALength(String text, double mean) {
    assertThat(Distribution.parse(text).meanNs()).isEqualTo(mean);
  }

  @Test
  void twoQuantilesMayHaveThousandsSetApart() {
    assertThat(Distribution.parse("p50=1,500us,p99=40,000us").meanNs())
        .isEqualTo(Distribution.parse("p50=1500us,p99=40000us").meanNs());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {"uniform(0,2ms)|1000000", "uniform(1,3 ms)|2000000", "uniform(1.5,2.5us)|2000"})
  void theEndsOfAUniformLawMayShareTheirUnit(String text, double mean) {
    assertThat(Distribution.parse(text).meanNs()).isEqualTo(mean);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "mean=2ms,max=1ms",
        "mean=2ms,max=2ms",
        "lognormal(mean=2ms,max=1.9ms)",
        "gamma(mean=2ms,max=1.9ms)",
        "weibull(mean=2ms,max=2ms)"
      })
  void noLawHasALongestThatIsNotAboveItsMean(String text) {
    assertThatThrownBy(() -> Distribution.parse(text))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("max must be above mean")
        .hasMessageContaining(text);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"erlang(1,5ms)", "exponential(1,50,0us)", "mean=1,50,0us"})
  void aRefusedLawIsToldAsItWasTyped(String text) {
    assertThatThrownBy(() -> Distribution.parse(text))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(text);
  }

  @Test
  void aLognormalHasTheQuantilesItIsGiven() {
    long[] drawn = draw("lognormal(p50=80us,p99=4ms)");
    Arrays.sort(drawn);
    assertThat((double) drawn[DRAWS / 2]).isCloseTo(80_000, within(2_000.0));
    assertThat((double) drawn[DRAWS / 100 * 99]).isCloseTo(4_000_000, within(300_000.0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fixed(10ms)",
        "uniform(min=1ms,max=3ms)",
        "hyperexponential(mean=1ms,cv2=4)",
        "lognormal(p50=80us,p99=1ms)",
        "weibull(mean=1ms,shape=0.8)",
        "pareto(mean=1ms,shape=5)"
      })
  void theMeanItTellsIsTheMeanItDraws(String text) {
    assertThat(Arrays.stream(draw(text)).average().orElseThrow())
        .isCloseTo(
            Distribution.parse(text).meanNs(), within(0.03 * Distribution.parse(text).meanNs()));
  }

  @Test
  void measuredLengthsAreDrawnAsOftenAsTheyWereMeasured(@TempDir Path folder) throws IOException {
    Path lengths = Files.writeString(folder.resolve("l"), "# holds\n10us\n10us\n\n40000\n10us\n");
    long[] drawn = draw("empirical(" + lengths + ")");
    assertThat(Arrays.stream(drawn).distinct().sorted()).containsExactly(10_000L, 40_000L);
    assertThat((double) Arrays.stream(drawn).filter(x -> x == 10_000).count() / DRAWS)
        .isCloseTo(0.75, within(0.01));
    Path buckets = Files.writeString(folder.resolve("b"), "0 1us 1\n1us, 3us, 3\n");
    assertThat(Arrays.stream(draw("empirical(" + buckets + ")")).average().orElseThrow())
        .isCloseTo(0.25 * 500 + 0.75 * 2000, within(20.0));
  }

  @Test
  void aDamagedFileOfLengthsIsNamedWithItsLine(@TempDir Path folder) throws IOException {
    Path lengths = Files.writeString(folder.resolve("l"), "10us\nten\n");
    assertThatThrownBy(() -> Distribution.parse("empirical(" + lengths + ")"))
        .hasMessage(lengths + ":2: expected a length such as 80us, or FROM TO COUNT: ten");
    assertThatThrownBy(() -> Distribution.parse("empirical(/no/such)"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void theSameSeedDrawsTheSameTimes() {
    assertThat(draw("exponential(mean=1ms)")).isEqualTo(draw("exponential(mean=1ms)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "ms",
        "10 m",
        "-1ms",
        "exponential",
        "exponential(1ms,2ms)",
        "exponential(mean=)",
        "exponential(mean=1ms",
        "exponential(mean=1ms,mean=2ms)",
        "exponential(mean=1ms,k=2)",
        "exponential(mean=0ns)",
        "erlang(mean=1ms,k=1.5)",
        "pareto(mean=1ms,shape=1)",
        "hyperexponential(mean=1ms,cv2=0.5)",
        "lognormal(p50=4ms,p99=80us)",
        "normal(mean=1ms)",
        "gamma(mean=1ms,shape=NaN)",
        "9999999999999s"
      })
  void whatIsNoDistributionIsRefusedInOneLine(String text) {
    assertThatThrownBy(() -> Distribution.parse(text))
        .isInstanceOf(BadInputException.class)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }
}
