package dev.kretsim.trace.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.CallsOf;
import dev.kretsim.trace.Samples;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.read.TraceReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Imported calls read as the trace they came from, and damage to the file is found. */
class CallsFileTest {
  @TempDir private Path folder;

  private static byte[] imported(TraceSource source) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (source) {
      TraceReader.Reading<CallsWriter> reading =
          new TraceReader(source, null)
              .read(
                  () -> {
                    bytes.reset();
                    return new CallsWriter(bytes);
                  });
      reading.consumer().finish(reading.findings());
    }
    return bytes.toByteArray();
  }

  private static TraceReader.Reading<CallsOf> read(byte[] bytes) {
    try (TraceSource source = TraceSource.of("-", new ByteArrayInputStream(bytes))) {
      return new TraceReader(source, null).read(CallsOf::new);
    }
  }

  private static TraceSource text(String text) {
    return TraceSource.of("-", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void assertSame(TraceSource source) {
    TraceReader.Reading<CallsOf> plain = new TraceReader(source, null).read(CallsOf::new);
    TraceReader.Reading<CallsOf> again = read(imported(source));
    assertThat(CallsOf.told(again.consumer())).isEqualTo(CallsOf.told(plain.consumer()));
    // What was counted in lines of text is not among what is kept.
    assertThat(again.findings())
        .usingRecursiveComparison()
        .ignoringFields("tallies")
        .isEqualTo(plain.findings());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "events-latency.txt",
        "trace-cmd.txt",
        "trace-cmd-graph.txt",
        "perf-script-chains.txt",
        "graph-abstime.txt"
      })
  void aTraceReadsAsBefore(String name) {
    assertSame(Samples.source(name));
  }

  @Test
  void callsFromBeforeLostOnesAndInterruptsAreKept() {
    assertSame(
        text(
            "a-1 [0] ..... 0.000001: out: (g+0x0/0x9 <- f)\n"
                + "a-1 [0] ..... 0.000002: in: (f+0x0/0x9)\n"
                + "a-1 [0] d.h.. 0.000003: in: (f+0x0/0x9)\n"
                + "a-1 [0] ..... 0.000005: in: (f+0x0/0x9)\n"
                + "a-1 [0] ..... 0.000007: out: (g+0x0/0x9 <- f)\n"
                + "?\n"
                + "a-1 [0] ..... 0.000008: in: (f+0x0/0x9)\n"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void randomCallsAreKeptToTheNanosecond(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder csv = new StringBuilder();
    long now = 0;
    for (int i = 0; i < 20_000; i++) {
      now += random.nextInt(4) == 0 ? 0 : random.nextLong(1L << random.nextInt(1, 40));
      String exit =
          random.nextInt(50) == 0 ? "" : "" + (now + random.nextLong(1L << random.nextInt(1, 40)));
      csv.append(now).append(',').append(exit).append(",t").append(random.nextInt(300));
      csv.append(",f").append(random.nextInt(20)).append('\n');
    }
    assertSame(text(csv.toString()));
    byte[] binary = imported(text(csv.toString()));
    assertThat(binary.length).as("bytes, seed %d", seed).isLessThan(csv.length() * 3 / 4);
  }

  @Test
  void aFileThatIsCutOffAnywhereIsRefused() {
    byte[] whole = imported(Samples.source("perf-script-ns.txt"));
    for (int length = CallsFile.MAGIC.length; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(cut))
          .as("%d of %d", length, whole.length)
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("ends early");
    }
  }

  @Test
  void anyChangedByteIsFound() {
    byte[] whole = imported(Samples.source("perf-script-ns.txt"));
    for (int i = CallsFile.MAGIC.length; i < whole.length; i++) {
      for (int change : new int[] {1, 0x80, 0xff}) {
        byte[] changed = whole.clone();
        changed[i] ^= (byte) change;
        assertThatThrownBy(() -> read(changed))
            .as("byte %d", i)
            .isInstanceOf(BadInputException.class);
      }
    }
  }

  @Test
  void anotherFormIsRefusedWithWhatToDo() {
    byte[] whole = imported(Samples.source("perf-script-ns.txt"));
    whole[CallsFile.MAGIC.length] = 9;
    assertThatThrownBy(() -> read(whole))
        .hasMessageContaining("calls in form 9; expected form 2")
        .hasMessageContaining("import the trace again");
  }

  @Test
  void importedCallsAreNotMerged() throws IOException {
    Path one = Files.write(folder.resolve("a.calls"), imported(Samples.source("trace-cmd.txt")));
    TraceSource both = Samples.source(one, Samples.file("trace-cmd.txt"));
    assertThatThrownBy(() -> new TraceReader(both, null).read(CallsOf::new))
        .hasMessageContaining("a.calls: imported calls cannot be merged")
        .hasMessageContaining("kretsim import");
  }
}
