package dev.kretsim.command.plan;

import static dev.kretsim.command.plan.PlanRuns.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.cli.ConsoleRun;
import dev.kretsim.workload.random.Distribution;
import dev.kretsim.workload.random.RandomStream;
import dev.kretsim.workload.random.Rates;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people say is understood, and what cannot be is answered in one line that helps. */
class PlanPhrasingsTest {
  private static List<Object> words(String options) {
    return new ArrayList<>(Arrays.asList((Object[]) options.split(" ", -1)));
  }

  private static JsonNode load(Object... options) throws IOException {
    List<Object> all = new ArrayList<>(Arrays.asList(options));
    all.addAll(List.of("--calls", "2000", "--out", "json"));
    ConsoleRun run = plan(all.toArray());
    assertThat(run.code()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out()).at("/functions/0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "12000!12000",
        "12000/s!12000",
        "12k/s!12000",
        "12K/s!12000",
        "12k!12000",
        "12,000/s!12000",
        "12000 per second!12000",
        "12000/sec!12000",
        "1.2M/min!20000",
        "1.2e3/s!1200",
        "720k/h!200",
        "2 kHz!2000",
        "500rps!500",
        "12/ms!12000",
        "12000 calls/s!12000",
        "12k calls per second!12000",
        "12 000/s!12000",
        "1.200.000/s!1200000",
        "1,5k/s!1500",
        "12kHz!12000",
        "3 million/day!34.7222222",
        "1M/day!11.5740741",
        "86400 a day!1",
        "1 every 4ms!250",
        "every 4ms!250",
        "10 calls every 2 seconds!5",
      })
  void aRate(String said, double perSecond) {
    assertThat(Rates.parsePerSecond(said)).isCloseTo(perSecond, withinPercentage(1e-6));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "8e-5s!80000",
        "fixed(8E1us)!80000",
        "2ms!2000000",
        "2 ms!2000000",
        "80us!80000",
        "80µs!80000",
        "80 usec!80000",
        "0.5s!5e8",
        "1 sec!1e9",
        "1min!6e10",
        "mean=2ms!2000000",
        "exp(2ms)!2000000",
        "exponential(mean=2ms)!2000000",
        "constant(2ms)!2000000",
        "uniform(1ms,3ms)!2000000",
        "lognormal(p50=1ms,mean=2ms)!2000000",
        "weibull(mean=2ms,p99=10ms)!2000000",
        "gamma(mean=2ms,max=20ms)!2000000",
        "2 milliseconds!2000000",
        "200 microseconds!200000",
        "2 secs!2e9",
        "1,5ms!1500000",
        "avg=2ms!2000000",
        "mean 2ms!2000000",
        "average: 2ms!2000000",
        "exponential 2ms!2000000",
        "deterministic(2ms)!2000000",
        "uniform(1ms..3ms)!2000000",
        "uniform 1ms 3ms!2000000",
        "lognormal (p50=1ms, mean=2ms)!2000000",
      })
  void aHold(String said, double meanNs) {
    assertThat(Distribution.parse(said).meanNs()).isCloseTo(meanNs, withinPercentage(1e-3));
  }

  /** The law that two facts tell has them both. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "p50=80us,p99=4ms!80000!4000000",
        "median=80us,p99=4ms!80000!4000000",
        "lognormal(p50=80us,p95=1ms)!80000!2840000",
        "weibull(p50=80us,p99=4ms)!80000!4000000",
        "gamma(p50=80us,p99=4ms)!80000!4000000",
        "weibull(p75=160us,p999=2ms)!53800!1058000",
        "gamma(p90=1ms,p99=2ms)!301000!2000000",
        "lognormal(p50=80us,max=10ms)!80000!1640000",
        "p50 80us p99 4ms!80000!4000000",
        "p50=80us p99=4ms!80000!4000000",
        "p50: 80us; p99: 4ms!80000!4000000",
        "median 80us and p99 4ms!80000!4000000",
        "median is 80us, 99% is 4ms!80000!4000000",
        "p50=80us,p99=4,0ms!80000!4000000",
        "lognormal p50=80us p99=4ms!80000!4000000",
      })
  void twoFacts(String said, double p50, double p99) {
    LongSupplier lengths = Distribution.parse(said).sampler(RandomStream.trunk(1).branch());
    long[] drawn = LongStream.generate(lengths).limit(100_000).sorted().toArray();
    assertThat((double) drawn[50_000]).isCloseTo(p50, withinPercentage(3));
    assertThat((double) drawn[99_000]).isCloseTo(p99, withinPercentage(6));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "--target!0.01%!1e-4",
        "--target!0.01 %!1e-4",
        "--target!1/10000!1e-4",
        "--target!1:10000!1e-4",
        "--target!1 in 10000!1e-4",
        "--target!1e-4!1e-4",
        "--target!0,01%!1e-4",
        "--target!100ppm!1e-4",
        "--target!1 of 10000!1e-4",
        "--target!1 per 10k!1e-4",
        "--target!1/10,000!1e-4",
        "--target!one in a million!1e-6",
      })
  void aTarget(String option, String said, double share) throws IOException {
    assertThat(
            load("--rate", "2k/s", "--hold", "1ms", option, said)
                .at("/recommendation/target")
                .asDouble())
        .isCloseTo(share, withinPercentage(1e-9));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "--confidence 99%",
        "--confidence 95",
        "--out md",
        "--out MARKDOWN",
        "--out text",
        "--growth 2",
        "--growth 200%",
        "--growth threads:2x",
        "--kernel 6.8.0-45-generic",
        "--tool BCC",
        "--tool bpftrace-0.21",
        "--tool ftrace",
        "--tool stap",
        "--tool cilium/ebpf",
        "--tool kmod",
        "--format ftrace",
        "--growth +50%",
        "--growth double",
        "--growth x2",
        "--possible-cpus 0-63",
        "--possible-cpus 0-3,8-11",
        "--preempt PREEMPT_RT",
        "--kernel 5.15.167.4-microsoft-standard-WSL2",
        "--kernel 3.10.0-1160.el7.x86_64",
        "--function hrtimer_nanosleep,hrtimer_nanosleep",
      })
  void anOption(String said) {
    List<Object> all = words("sample:nanosleep-bursts " + said);
    ConsoleRun run = plan(all.toArray());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("hrtimer_nanosleep");
  }

  /** What uname -a says has blanks. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "Linux box 6.8.0-45-generic #45-Ubuntu SMP x86_64 GNU/Linux!6.12",
        "Linux version 6.1.0-28-amd64 (debian-kernel@lists.debian.org) #1 SMP!6.1",
        "Linux 6.1.0-28-rt-amd64!6.1-rt",
      })
  void aKernel(String said, String emulated) {
    ConsoleRun run = plan("sample:nanosleep-bursts", "--kernel", said, "--out", "json");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("\"kernel\" : \"" + emulated + "\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {"12.000/s!without it, 12000", "12.5/s!", "0.125/s!", "1.234k/s!", "every 3ms!"})
  void aPointThatMayBeMeantOtherwiseIsNamed(String rate, @Nullable String doubt) {
    assertThat(Rates.doubt(rate)).contains(doubt == null ? "" : doubt);
    assertThat(Rates.doubt(rate).isEmpty()).isEqualTo(doubt == null);
  }

  @ParameterizedTest
  @CsvSource({"200, 12k/s, 2ms, 14666667", "10, 1000, 5ms, 5000000"})
  void aRateWithThreads(int threads, String rate, String hold, long thinkNs) {
    ConsoleRun run = plan("--threads", threads, "--rate", rate, "--hold", hold, "--calls", "2000");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains(threads + " threads, think exponential(mean=" + thinkNs + "ns)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "plan --rate 12k/s --threads 10 --hold 20ms!make at most 500/s: --rate 12k/s needs more",
        "plan --rate 1/s --hold lognorml(p50=1us,p99=2us)!did you mean lognormal?",
        "plan --rate 1/s --hold lognormal(p50=2us,p99=1us)!is p50 below p99?",
        "plan --rate 1/s --hold lognormal(p50=2us)!two of mean, p50",
        "plan sample:mixed-events --function vfs_raed!did you mean vfs_read?",
        "plan sample:mixed-events --targt 1e-3!did you mean --target?",
        "plan sample:mixed-events --treshold 1e-3!Unknown option",
        "plan sample:mixed-events --out jsn!did you mean json?",
        "plan sample:mixed-events --tool bpftace!did you mean bpftrace?",
        "plan sample:mixed-events --format funcgraph!did you mean function_graph?",
        "plan sample:mixed-events --target much!0.01% or 1/10000",
        "plan sample:mixed-events --growth big!twice the rate",
        "paln x!did you mean plan?",
        "trace.txt!kretsim plan trace.txt",
        "plan --rate fast --hold 1ms!12k/s or 1.2M/min",
        "plan --rate 1/s --hold 5m!such as 80us",
        "plan --rate 1/s --hold 80us..4ms!uniform(80us,4ms) is evenly, p50=80us,p99=4ms mostly"
            + " short",
        "plan --rate 1/s --hold soon!or exponential(2ms)",
        "plan --rate 1/s --hold 2!a number with ns, us, ms or s",
        "plan --rate 1/s --hold normal(2ms,1ms)!did you mean lognormal?",
        "plan --rate 1/s --hold lognormal(2ms,9ms)!name=value, such as mean=2ms",
        "plan --rate!RATE: Calls come at random, so many a second: 12000/s",
        "plan --rate 1/s --hold 1ms --target 99.9%!to see so many, say 0.1%",
        "plan --rate 1/s --hold 1ms --target 99.99!say 0.01%",
        "plan --rate 1/s --hold 1ms --target 0!above 0: no record can promise",
        "plan --threads many --hold 1ms!--threads: expected a whole number: many",
        "plan sample:mixed-events --possible-cpus many!a number, or a list such as 0-63",
        "plan sample:mixed-events --possible-cpus 9-1!from 1 to 8192",
        "plan sample:mixed-events --cpus 64!did you mean --possible-cpus?",
        "plan sample:mixed-events -f vfs_read!did you mean --function?",
        "plan sample:mixed-events --verbose!--help lists what there is",
        "plan --rps 12000 --hold 80us!'--rps'; did you mean --rate?",
        "plan --qps 12000 --hold 80us!did you mean --rate?",
        "plan --rate 12k --latency 80us!did you mean --hold?",
        "plan --rate 12k --service-time 80us!did you mean --hold?",
        "plan --concurrency 200 --hold 80us!did you mean --threads?",
        "plan sample:mixed-events --slo 1e-3!did you mean --target?",
        "plan sample:mixed-events --cores 64!did you mean --possible-cpus?",
        "plan sample:mixed-events --json!did you mean --out json?",
        "plan sample:mixed-events --md!did you mean --out markdown?",
        "plan --sample mixed-events!did you mean sample:NAME in place of a file?",
        "plan mixed-events!did you mean sample:mixed-events?",
        "plan --rate 1/s --hold mean=80us,p99=4ms!two percentiles, such as p50 and p99",
        "plan sample:mixed-events --possible-cpus auto!/sys/devices/system/cpu/possible",
        "plan --rate 1/s --hold 1ms --format bogus!--format must be one of auto",
        "plan --rate 1/s --hold 1ms --jobs 0!--jobs must be from 1 to",
        "plan --rate 1/s --hold 1ms --fail-on bogus!--fail-on must be one of ratio, upper",
        "plan --rate 1/s --hold 1ms --fail-on upper!--fail-on needs --fail-above RATIO",
        "plan --rate 1e-300/s --hold 1ms!at least once in 146 years",
        "record vfs_read --tool perf!did you mean --with?",
        "record vfs_read -d 10!did you mean --seconds?",
        "how many!no such command: how",
        "plan sample:mixed-events --function read!did you mean vfs_read?",
        "plan sample:mixed-events --function vfs_*!takes whole names",
        "plan sample:mixed-event!did you mean mixed-events?",
        "plan sample:mixed-events --tool ebpf!bcc, bpftrace, libbpf or cilium",
        "plan sample:mixed-events --out html!--html FILE writes a page",
        "plan sample:mixed-events --out yml!json is the one for programs",
        "plan sample:mixed-events --growth 50%!for so much more, say +50%",
        "plan sample:mixed-events --kernel 6!as uname -r prints it",
        "--rate 12k --hold 2ms!kretsim plan --rate",
        "record!is missing: What is to be probed",
        "record vfs_read --with trace_cnd!did you mean trace-cmd?",
      })
  void whatCannotBeUnderstoodIsAnsweredInOneLineThatHelps(String command, String help) {
    ConsoleRun run = ConsoleRun.of(words(command).toArray());
    assertThat(run.refused()).as(run.err() + run.out()).isTrue();
    assertThat(run.err()).contains(help).doesNotContain("Usage:");
  }
}
