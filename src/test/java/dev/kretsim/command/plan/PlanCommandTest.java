package dev.kretsim.command.plan;

import static dev.kretsim.command.plan.PlanRuns.assertRefused;
import static dev.kretsim.command.plan.PlanRuns.plan;
import static dev.kretsim.command.plan.PlanRuns.recording;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.cli.ConsoleRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kretsim plan} as its users and their scripts see it. */
class PlanCommandTest {
  private static final String EVENTS =
      "a-1 [000] 0.000001: in: (f+0x0/0x9)\n"
          + "a-1 [000] 0.000003: out: (g+0x0/0x9 <- f)\n"
          + "a-2 [000] 0.000004: in: (f+0x0/0x9)\n"
          + "a-2 [000] 0.000006: out: (g+0x0/0x9 <- f)\n";

  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Nested
  class BadInput {
    @Test
    void aMissingFile() {
      assertRefused(plan(folder.resolve("none.txt")), "none.txt: no such file");
    }

    @Test
    void aDirectoryNamesTheFilesInIt() throws IOException {
      assertRefused(plan(folder), "is a directory; expected a trace file");
      file("b.txt", "");
      file("a.txt", "");
      assertRefused(plan(folder), "expected a trace file, such as a.txt, b.txt");
    }

    @Test
    void countsOfCallsThatWereAllMissed() throws IOException {
      Path counts = file("p.txt", "  f_out 100 0\n  f_out 100 1000\n");
      assertRefused(plan(counts, "--maxactive", "4"), "all 1000 calls were missed");
    }

    @Test
    void countsWithARateAreNotSaidToTellTimes() throws IOException {
      Path counts = file("p.txt", "  f_out 100 0\n  f_out 1100 100\n");
      assertRefused(
          plan(counts, "--rate", "10/s"),
          "tells how many calls came and were missed; drop --rate, --arrivals");
    }

    @ParameterizedTest
    @ValueSource(strings = {"65537", "1000000", "1000000000"})
    void aPoolInForceThatNoProbeHas(String pool) throws IOException {
      Path counts = file("p.txt", "  f_out 100 0\n  f_out 1100 100\n");
      assertRefused(plan(counts, "--maxactive", pool), "at least 1 and at most 65536: " + pool);
    }

    @Test
    void anEmptyFile() throws IOException {
      assertRefused(
          plan(file("empty.txt", ""), "--format", "events"),
          "empty.txt: is empty; expected a trace");
      assertRefused(plan(file("empty.txt", "")), "empty.txt: is empty; expected a trace");
    }

    @Test
    void aTraceCutOffInItsLastLine() throws IOException {
      Path cut = file("cut.txt", EVENTS.substring(0, EVENTS.length() - 5));
      assertRefused(plan(cut), "cut.txt:4: the last line is cut off", "copy it again");
    }

    @Test
    void aRecordedTraceCutOffAnywhereInALine() throws IOException {
      String whole = Files.readString(recording("k612_kprobe_bursts.txt"));
      int from = whole.indexOf("ret=0", whole.length() / 2) - 100;
      for (int length = from; length < from + 230; length++) {
        Path cut = file("cut.txt", whole.substring(0, length));
        if (whole.charAt(length - 1) == '\n') {
          assertThat(plan(cut).err()).contains("the header announces 144 events");
        } else {
          assertRefused(plan(cut), "the last line is cut off");
        }
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0,5,1,vfs_read\n1,6,2", "0,5,1,vfs_read\n1,6,2,vfs_re"})
    void callsCutOffInTheLastLine(String text) throws IOException {
      assertRefused(plan(file("cut.csv", text)), "cut.csv:2: the last line is cut off");
    }

    @Test
    void aGzipFileCutOff() throws IOException {
      Path whole = folder.resolve("whole.gz");
      SplittableRandom random = new SplittableRandom(1);
      try (GZIPOutputStream gz = new GZIPOutputStream(Files.newOutputStream(whole))) {
        for (int i = 0; i < 20_000; i++) {
          gz.write(
              (i + "," + (i + random.nextInt(99)) + ",1,f\n").getBytes(StandardCharsets.UTF_8));
        }
      }
      byte[] bytes = Files.readAllBytes(whole);
      for (int length : new int[] {5, 11, 1000, bytes.length / 2, bytes.length - 3}) {
        Path cut = folder.resolve("cut.gz");
        Files.write(cut, Arrays.copyOf(bytes, length));
        assertRefused(plan(cut), "cut.gz:", "the gzip stream ends early");
      }
    }

    @Test
    void damagedGzipData() throws IOException {
      Path damaged = folder.resolve("bad.gz");
      byte[] bytes = new byte[400];
      new SplittableRandom(2).nextBytes(bytes);
      byte[] head = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};
      System.arraycopy(head, 0, bytes, 0, head.length);
      Files.write(damaged, bytes);
      assertRefused(plan(damaged), "bad.gz:");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 3000, 500_000})
    void binaryGarbage(int length) throws IOException {
      byte[] bytes = new byte[length];
      new SplittableRandom(3).nextBytes(bytes);
      Path garbage = Files.write(folder.resolve("garbage.bin"), bytes);
      assertRefused(plan(garbage), "garbage.bin:1: not a trace that is read");
      for (String format : new String[] {"events", "function_graph", "calls"}) {
        assertRefused(plan(garbage, "--format", format), "garbage.bin:", "expected");
      }
    }

    @Test
    void anEndlessLine() {
      InputStream before = System.in;
      System.setIn(
          new InputStream() {
            @Override
            public int read() {
              return 'x';
            }
          });
      try {
        assertRefused(plan("-"), "-:1: a line of more than 65536 bytes");
      } finally {
        System.setIn(before);
      }
    }

    @Test
    void aFunctionThatDoesNotOccur() {
      assertRefused(
          plan("sample:mixed-events", "--function", "vfs_fsync"),
          "no call of vfs_fsync",
          "vfs_read, vfs_write");
    }

    @Test
    void returnsWithoutAnyEntries() throws IOException {
      String returns = EVENTS.lines().filter(line -> line.contains("<-")).toList() + "\n";
      assertRefused(
          plan(file("r.txt", returns.replace(", a", "\na").replaceAll("[\\[]a|]\n", "a\n"))),
          "only returns of f, no entries; record those too");
    }

    @Test
    void aTraceThatHoldsNoEvent() throws IOException {
      assertRefused(plan(file("t.txt", "# tracer: nop\n#\n")), "without a single event");
    }

    @Test
    void textThatIsNoTrace() throws IOException {
      assertRefused(
          plan(file("t.txt", "hello\nworld\n")), "t.txt:1: not a trace that is read; record one");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '!',
        value = {
          "--maxactive -5 --fail-above 0.1!--maxactive must be at least 1: -5",
          "--maxactive -5!--maxactive must be at least 1: -5",
          "--fail-above 0.1!--fail-above needs --maxactive N",
          "--growth 0.5x!--growth must be from 1x to 1000x: 0.5",
          "--growth much!--growth must be a factor such as 2x",
          "--map-size 0!--map-size must be at least 1: 0",
          "--maxactive 3 --fail-above 2!--fail-above must be from 0 to 1: 2",
          "--target 2!--target must be between 0 and 1, both excluded: 2.0",
          "--target NaN!--target must be a share such as 1e-4",
          "--target 0x1p-3!--target must be a share such as 1e-4",
          "--target x!--target",
          "--confidence 1!--confidence must be between 0 and 1, both excluded: 1.0",
          "--kernel old!--kernel must be one of 5.4, 5.10, 5.14, 6.0, 6.1, 6.1-rt, 6.12, 6.12-rt, 7.3,"
              + " or a release as uname -r prints it: old",
          "--preempt rt!--preempt must be one of none, voluntary, full, lazy, realtime: rt",
          "--possible-cpus 0!--possible-cpus must be from 1 to 8192: 0",
          "--data-size 4097!--data-size must be from 0 to 4096: 4097",
          "--format csv!--format must be one of auto, function_graph, events, trace-cmd, perf,"
              + " bpftrace, funclatency, profile, calls: csv",
          "--out html!--out must be one of table, json, csv, markdown",
          "--rate 12/s!tells when calls came",
          "--rates 12/s!Unknown option",
          "sample:nanosleep-bursts!sample:nanosleep-bursts: is given twice",
          "sample:mixed-graph!the files before it are events; expected files of one format",
        })
    void badOptions(String options, String message) {
      String[] words = ("sample:nanosleep-bursts " + options).split(" ", -1);
      assertRefused(plan((Object[]) words), message);
    }

    @Test
    void noFileAndUnknownSamples() {
      assertRefused(plan(), "a FILE is missing");
      assertRefused(plan("sample:x"), "no such sample", "sample:nanosleep-bursts");
    }

    @Test
    void holdsWithoutArrivalsAreNoTrace() {
      Path recording = recording("k612_fgraph_mixed_noabstime.txt.gz");
      assertRefused(plan(recording), recording + ":", "funcgraph-abstime");
    }
  }

  @Nested
  class Warnings {
    @Test
    void aDamagedLineInTheMiddleIsNamedAndPassedOver() throws IOException {
      String[] lines = EVENTS.split("\n");
      Path damaged =
          file("d.txt", lines[0] + "\n" + lines[1] + "\n\u0001#?garbage\n" + lines[2] + "\n");
      ConsoleRun result = plan(damaged);
      assertThat(result.err()).contains("d.txt:3: warning: a damaged line was passed over");
      assertThat(result.err().lines()).hasSize(1);
      assertThat(result.code()).isZero();
    }

    @Test
    void lostReturnsSayThatThePoolWasTooSmall() throws IOException {
      String[] lines = EVENTS.split("\n");
      Path lost = file("l.txt", lines[0] + "\n" + EVENTS.replace("0.00000", "0.00001"));
      ConsoleRun result = plan(lost);
      assertThat(result.code()).isZero();
      assertThat(result.err())
          .contains("l.txt: warning: f: 1 of 3 calls have no return", "too few instances");
    }
  }

  @Nested
  class Results {
    @Test
    void jsonHasTheFieldsOfTheContract() throws IOException {
      ConsoleRun result = plan("sample:nanosleep-bursts", "--out", "json", "--kernel", "5.10");
      JsonNode json = new ObjectMapper().readTree(result.out());
      assertThat(result.err()).isEmpty();
      assertThat(json.get("schema").asText()).isEqualTo("kretsim.plan/1");
      assertThat(json.get("source").asText()).isEqualTo("sample:nanosleep-bursts");
      assertThat(json.get("seed").isNull()).isTrue();
      assertThat(json.get("kernel").asText()).isEqualTo("5.10");
      JsonNode function = json.at("/functions/0");
      assertThat(function.get("function").asText()).isEqualTo("hrtimer_nanosleep");
      assertThat(function.get("calls").asInt()).isEqualTo(72);
      assertThat(function.get("threads").asInt()).isEqualTo(72);
      assertThat(function.get("curve")).hasSize(function.get("peak_inside").asInt());
      assertThat(function.at("/curve/0/missed").asInt()).isEqualTo(61);
      assertThat(function.at("/analytic/model").asText()).isEqualTo("erlang_b");
      assertThat(function.at("/recommendation/basis").asText()).isEqualTo("safe_bound");
      assertThat(function.at("/recommendation/maxactive").asInt()).isEqualTo(72);
      assertThat(function.at("/recommendation/default_maxactive").asInt()).isEqualTo(2);
      assertThat(function.at("/recommendation/memory_bytes").asInt()).isEqualTo(72 * 64);
      assertThat(function.at("/paste/kprobe_events").asText())
          .isEqualTo("r72:hrtimer_nanosleep_ret hrtimer_nanosleep $retval");
      for (String tool : new String[] {"bcc", "systemtap", "cilium_ebpf", "c"}) {
        assertThat(function.at("/paste/" + tool).asText()).contains("hrtimer_nanosleep", "72");
      }
    }

    @Test
    void whatIsUnknownIsNull() throws IOException {
      Path open = file("open.csv", "5,,1,f\n");
      JsonNode json = new ObjectMapper().readTree(plan(open, "--out", "json").out());
      JsonNode function = json.at("/functions/0");
      assertThat(function.get("unfinished").asInt()).isEqualTo(1);
      for (String field :
          new String[] {
            "rate_per_s", "mean_hold_ns", "p50_hold_ns", "p99_hold_ns", "offered_load"
          }) {
        assertThat(function.get(field).isNull()).as(field).isTrue();
      }
    }

    @Test
    void aLongQuietTraceIsEnoughToRecommendWhatItNeeded() throws IOException {
      StringBuilder calls = new StringBuilder();
      for (int i = 0; i < 50_000; i++) {
        calls.append(10L * i).append(',').append(10L * i + 15).append(",t").append(i % 9);
        calls.append(",f\n");
      }
      JsonNode json =
          new ObjectMapper().readTree(plan(file("c.csv", calls.toString()), "--out", "json").out());
      JsonNode recommendation = json.at("/functions/0/recommendation");
      assertThat(recommendation.get("basis").asText()).isEqualTo("observed");
      assertThat(recommendation.get("maxactive").asInt()).isEqualTo(2);
      assertThat(recommendation.get("safe_bound").asInt()).isEqualTo(9);
      assertThat(recommendation.get("why").asText()).contains("more threads tomorrow need more");
    }

    @Test
    void callsInAnyOrderGiveTheSamePlan() throws IOException {
      String sorted = "0,9,1,f\n1,4,2,f\n2,3,3,f\n5,7,2,f\n";
      String shuffled = "5,7,2,f\n2,3,3,f\n1,4,2,f\n0,9,1,f\n";
      String one = plan(file("same.csv", sorted), "--out", "json").out();
      String other = plan(file("same.csv", shuffled), "--out", "json").out();
      assertThat(other).isEqualTo(one).contains("\"peak_inside\" : 3");
    }

    @Test
    void standardInputIsReadAgainWhereThatIsNeeded() {
      InputStream before = System.in;
      String[] lines = EVENTS.split("\n");
      String text = lines[1] + "\n" + lines[2] + "\n" + lines[3] + "\n";
      System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
      try {
        ConsoleRun result = plan("-", "--out", "json");
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("\"unfinished\" : 1", "\"unpaired_exits\" : 1");
      } finally {
        System.setIn(before);
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nanosleep-bursts", "mixed-events", "mixed-graph"})
    void theTableOfEachSampleFitsATerminal(String sample) {
      ConsoleRun result = plan("sample:" + sample);
      assertThat(result.err()).isEmpty();
      assertThat(result.out().lines()).allMatch(line -> line.length() <= 100);
      assertThat(result.out()).contains("<- recommended", ">> kprobe_events").endsWith("\n");
    }

    @Test
    void theGraphAndItsNestedFunctionsAgree() throws IOException {
      ConsoleRun result = plan("sample:mixed-graph", "--out", "json", "--function", "ksys_read");
      JsonNode function = new ObjectMapper().readTree(result.out()).at("/functions/0");
      assertThat(function.get("lost_exits").asInt()).isZero();
      assertThat(function.get("calls").asInt()).isEqualTo(3648);
    }
  }
}
