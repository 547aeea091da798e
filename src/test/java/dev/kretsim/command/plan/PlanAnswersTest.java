package dev.kretsim.command.plan;

import static dev.kretsim.command.plan.PlanRuns.assertRefused;
import static dev.kretsim.command.plan.PlanRuns.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.cli.ConsoleRun;
import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code kretsim plan} makes of a described load, and the forms and uses of its answers. */
class PlanAnswersTest {
  @Nested
  class Synthetic {
    private static final String HOLD = "exponential(mean=1ms)";

    @Test
    void aDescribedLoadIsPlanned() throws IOException {
      ConsoleRun result =
          plan(
              "--rate",
              "3000/s",
              "--hold",
              HOLD,
              "--seed",
              "7",
              "--function",
              "vfs_read",
              "--possible-cpus",
              "8",
              "--out",
              "json");
      assertThat(result.err()).isEmpty();
      JsonNode json = new ObjectMapper().readTree(result.out());
      assertThat(json.get("seed").asInt()).isEqualTo(7);
      assertThat(json.get("source").asText()).isEqualTo("synthetic: rate 3000/s, hold " + HOLD);
      JsonNode function = json.at("/functions/0");
      assertThat(function.get("offered_load").asDouble()).isEqualTo(3);
      assertThat(function.get("threads").isNull()).isTrue();
      assertThat(function.at("/recommendation/safe_bound").isNull()).isTrue();
      assertThat(function.at("/recommendation/basis").asText()).isEqualTo("model");
      assertThat(function.at("/recommendation/smallest").asInt()).isBetween(12, 13);
      assertThat(function.at("/recommendation/verdict").asText()).isEqualTo("keep_default");
      assertThat(function.at("/recommendation/maxactive").asInt()).isEqualTo(16);
      assertThat(function.at("/recommendation/default_maxactive").asInt()).isEqualTo(16);
      int peak = function.get("peak_inside").asInt();
      assertThat(function.get("curve")).hasSize(peak);
      assertThat(function.at("/curve/" + (peak - 1) + "/missed").asInt()).isZero();
      assertThat(function.at("/analytic/curve/2/miss_ratio").asDouble()).isBetween(0.346, 0.347);
      assertThat(function.at("/paste/kprobe_events").asText()).contains("vfs_read_ret vfs_read");
    }

    @Test
    void threadsThatThinkArePlanned() throws IOException {
      ConsoleRun result =
          plan("--threads", "20", "--think", HOLD, "--hold", "fixed(1ms)", "--out", "json");
      JsonNode function = new ObjectMapper().readTree(result.out()).at("/functions/0");
      assertThat(function.get("threads").asInt()).isEqualTo(20);
      assertThat(function.at("/analytic/model").asText()).isEqualTo("closed_ghost");
      assertThat(function.at("/recommendation/safe_bound").asInt()).isEqualTo(20);
    }

    @Test
    void theSameSeedPrintsTheSameBytes() {
      Object[] words = {"--arrivals", "batch(rate=100/s,size=fixed(3))", "--hold", HOLD};
      assertThat(plan(words).out()).isEqualTo(plan(words).out()).contains("at random");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '!',
        value = {
          "--rate 5/s!--hold is missing",
          "--hold 1ms!give one of --rate, --arrivals or --threads",
          "--rate 5/s --threads 2 --think 1ms --hold 1ms!give one of",
          "--threads 2 --hold 1ms!--threads needs --think",
          "--rate 5/s --think 1ms --hold 1ms!--think goes with --threads",
          "--threads 0 --think 1ms --hold 1ms!--threads must be from 1",
          "--threads 3 --think 0ms --hold 0ms!must not both be 0",
          "--rate five --hold 1ms!a rate is a number per s",
          "--rate 5/s --hold 1!a duration is a number with",
          "--rate 5/s --hold 1ms --calls 0!--calls must be in [1, 10000000]: 0",
          "--rate 5/s --hold 1ms --precision 2!--precision must be between",
          "--rate 5/s --hold 1ms --function a --function b!one --function",
        })
    void whatIsNoLoadIsRefused(String options, String message) {
      assertRefused(plan((Object[]) options.split(" ", -1)), message);
    }
  }

  @Nested
  class Forms {
    @Test
    void csvHasARowForEachFunctionAndMaxactive() {
      ConsoleRun result = plan("sample:nanosleep-bursts", "--out", "csv");
      assertThat(result.out().lines()).hasSize(12);
      assertThat(result.out())
          .startsWith("function,maxactive,missed,miss_ratio,low,high,analytic\n")
          .contains("hrtimer_nanosleep,2,52,0.7222222222222222,");
    }

    @Test
    void markdownHasTheLineToPasteAndTheCurve() {
      ConsoleRun result = plan("sample:nanosleep-bursts", "--out", "markdown");
      assertThat(result.out())
          .startsWith("### `hrtimer_nanosleep`: set maxactive = 72\n")
          .contains("\necho 'r72:hrtimer_nanosleep_ret hrtimer_nanosleep $retval' >> /sys")
          .contains("| hrtimer_nanosleep | 10 | 1 | 0.014 |");
    }
  }

  @Nested
  class Recommendations {
    @Test
    void theSentenceHasPeakLoadBurstinessSafeBoundAndDefault() throws IOException {
      JsonNode json =
          new ObjectMapper().readTree(plan("sample:nanosleep-bursts", "--out", "json").out());
      assertThat(json.at("/functions/0/recommendation/why").asText())
          .contains("72 threads seen", "at most 11 were inside at once", "4.36 on average")
          .contains("times as uneven as calls at random", "the default of 10 misses 0.014")
          .doesNotContain("\n");
      assertThat(json.at("/functions/0/not_helped_by_maxactive")).isNotEmpty();
      assertThat(json.at("/functions/0/paste/warning").asText()).contains("perf_event_open");
    }

    @Test
    void aPoolIsRatedAndGrowthMultiplies() throws IOException {
      JsonNode json =
          new ObjectMapper()
              .readTree(
                  plan(
                          "sample:nanosleep-bursts",
                          "--out",
                          "json",
                          "--maxactive",
                          "8",
                          "--growth",
                          "2x",
                          "--map-size",
                          "100")
                      .out());
      JsonNode function = json.at("/functions/0");
      assertThat(function.at("/asked/miss_ratio").asDouble())
          .as("of twice the calls")
          .isBetween(9.0 / 72, 0.5);
      assertThat(function.at("/present_curve/7/miss_ratio").asDouble()).isEqualTo(9.0 / 72);
      assertThat(function.at("/asked/highest_rate_per_s").asDouble()).isBetween(1.0, 48.0);
      assertThat(function.at("/recommendation/maxactive").asInt()).isEqualTo(144);
      double orphans = function.at("/downstream/0/orphan_starts_per_hour").asDouble();
      assertThat(orphans)
          .isCloseTo(
              2 * 48.2 * 3600 * function.at("/curve/9/miss_ratio").asDouble(), withinPercentage(1));
      assertThat(function.at("/downstream/0/map_full_after_s").asDouble())
          .isBetween(100 / orphans * 3599, 100 / orphans * 3601);
      assertThat(function.at("/downstream/1/map_full_after_s").isNull()).isTrue();
    }

    @Test
    void moreThanTracefsTakesIsSaid() throws IOException {
      JsonNode json =
          new ObjectMapper()
              .readTree(plan("sample:nanosleep-bursts", "--out", "json", "--growth", "100x").out());
      JsonNode function = json.at("/functions/0");
      assertThat(function.at("/recommendation/maxactive").asInt()).isEqualTo(7200);
      assertThat(function.at("/recommendation/within_tracefs_limit").asBoolean()).isFalse();
      assertThat(function.at("/recommendation/why").asText())
          .contains("tracefs takes no more than 4096");
      assertThat(function.at("/paste/kprobe_events").isNull()).isTrue();
      assertThat(function.at("/paste/bcc").isNull()).isTrue();
      assertThat(function.at("/paste/c").asText()).contains(".maxactive = 7200");
      assertThat(function.at("/paste/tool/note").asText()).contains("4096", "--tool module");
    }
  }
}
