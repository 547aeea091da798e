package dev.kretsim.trace.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.files.Unpacked;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.CallsOf;
import dev.kretsim.trace.Sample;
import dev.kretsim.trace.Samples;
import dev.kretsim.trace.TraceMutator;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.pairing.CallMatcher;
import dev.kretsim.trace.pairing.LineParser;
import dev.kretsim.trace.text.Block;
import dev.kretsim.trace.text.Line;
import dev.kretsim.trace.text.LineCounts;
import dev.kretsim.trace.text.LineDecoder;
import dev.kretsim.trace.text.NameTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lines that are like ones before are read without looking at each column, and tell the same as if
 * each were read column by column.
 */
class SkimTest {
  private static final String GRAPH = sample(Sample.MIXED_GRAPH);
  private static final String EVENTS = sample(Sample.MIXED_EVENTS);
  private static final UnaryOperator<LineParser> QUICKLY = parser -> parser;
  private static final int MANY = 5000;

  private static String sample(Sample sample) {
    try (InputStream stream = Unpacked.of(sample.open())) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads each line column by column. */
  static class ByColumns implements LineParser {
    final LineParser parser;
    long parsed;

    ByColumns(LineParser parser) {
      this.parser = parser;
    }

    @Override
    public Verdict parse(Line line) {
      parsed++;
      return parser.parse(line);
    }

    @Override
    public long stampNs(Line line) {
      return parser.stampNs(line);
    }

    @Override
    public int stampCpu() {
      return parser.stampCpu();
    }

    @Override
    public void newRecording(long firstNs) {
      parser.newRecording(firstNs);
    }

    @Override
    public boolean isEachAnnounced() {
      return parser.isEachAnnounced();
    }

    @Override
    public boolean showsDurations() {
      return parser.showsDurations();
    }

    @Override
    public void leaveOut() {
      parser.leaveOut();
    }

    @Override
    public void lostEvents(int cpu) {
      parser.lostEvents(cpu);
    }

    @Override
    public void finish() {
      parser.finish();
    }

    @Override
    public String expected() {
      return parser.expected();
    }

    @Override
    public int highestCpu() {
      return parser.highestCpu();
    }

    @Override
    public NameTable functions() {
      return parser.functions();
    }

    @Override
    public List<String> functionNames() {
      return parser.functionNames();
    }

    @Override
    public List<String> eventsOf(int function) {
      return parser.eventsOf(function);
    }

    @Override
    public List<String> remarks() {
      return parser.remarks();
    }

    @Override
    public CallMatcher matcher() {
      return parser.matcher();
    }
  }

  /** Reads at sight, and counts the lines that needed more. */
  static class Counting extends ByColumns {
    Counting(LineParser parser) {
      super(parser);
    }

    @Override
    public LineDecoder decoder() {
      return parser.decoder();
    }

    @Override
    public int take(Block block, int from, LineCounts counts) {
      return parser.take(block, from, counts);
    }

    @Override
    public void publish() {
      parser.publish();
    }
  }

  /** Takes some columns of a line for those of the line before, as if they were not compared. */
  private static final class Careless extends Counting {
    private final int from;
    private final int to;

    Careless(LineParser parser, int from, int to) {
      super(parser);
      this.from = from;
      this.to = to;
    }

    @Override
    public LineDecoder decoder() {
      LineDecoder careful = parser.decoder();
      return new LineDecoder() {
        @Override
        public void decode(Block block) {
          byte[] bytes = block.bytes();
          int before = block.from();
          for (int i = block.from() + 1; i < block.to() - to; i++) {
            if (bytes[i - 1] == '\n') {
              System.arraycopy(bytes, before + from, bytes, i + from, to - from);
              before = i;
            }
          }
          careful.decode(block);
        }
      };
    }
  }

  /** All that reading tells, in words. */
  static String told(byte[] text, int chunk, UnaryOperator<LineParser> parsers) {
    int block = chunk == Integer.MAX_VALUE ? 1 << 20 : chunk;
    return told(text, chunk, new Workers(1, block), parsers);
  }

  private static String told(
      byte[] text, int chunk, Workers workers, UnaryOperator<LineParser> parsers) {
    InputStream chunks =
        new ByteArrayInputStream(text) {
          @Override
          public synchronized int read(byte[] bytes, int offset, int length) {
            return super.read(bytes, offset, Math.min(length, chunk));
          }

          @Override
          public synchronized int available() {
            return 0;
          }
        };
    try (TraceSource source = TraceSource.of("-", chunks)) {
      TraceReader.Reading<CallsOf> reading =
          new TraceReader(source, null, workers, parsers).read(CallsOf::new);
      return CallsOf.told(reading.consumer()) + reading.findings();
    } catch (BadInputException e) {
      return String.valueOf(e.getMessage());
    }
  }

  static void check(String text, int most, long seed, UnaryOperator<LineParser> quickly) {
    byte[] mutated = new TraceMutator(seed).mutated(text, most, 2 + (int) (seed % 30));
    int chunk = seed % 3 == 0 ? 64 + (int) (seed % 700) : Integer.MAX_VALUE;
    Workers workers = new Workers(1 + (int) (seed % 3), 1 << seed % 21);
    assertThat(told(mutated, chunk, workers, quickly))
        .as("seed %d", seed)
        .isEqualTo(told(mutated, Integer.MAX_VALUE, ByColumns::new));
  }

  @Test
  void damagedGraphsTellTheSame() {
    for (long seed = 0; seed < 250; seed++) {
      check(GRAPH, 120, seed, QUICKLY);
    }
  }

  @Test
  void damagedEventsTellTheSame() {
    for (long seed = 0; seed < 250; seed++) {
      check(EVENTS, 120, seed, QUICKLY);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "events-5.10-tgid.txt",
        "events-irqinfo-tgid.txt",
        "events-noirqinfo-tgid.txt",
        "events-latency.txt",
        "events-small-pools.txt",
        "graph-abstime.txt",
        "trace-cmd.txt",
        "trace-cmd-graph.txt",
        "trace-cmd-latency.txt",
        "perf-script-ns.txt",
        "perf-script-chains.txt"
      })
  void damagedTextOfEachFormatTellsTheSame(String name) {
    String text = Samples.text(name);
    for (long seed = 0; seed < 60; seed++) {
      check(text, 40, seed, QUICKLY);
    }
  }

  @Test
  void whereTheChunksEndIsOfNoAccount() {
    for (String text : List.of(GRAPH, EVENTS)) {
      byte[] begin = new TraceMutator(1).mutated(text, 16, 1000);
      String expected = told(begin, Integer.MAX_VALUE, ByColumns::new);
      for (int chunk = 1; chunk <= begin.length; chunk++) {
        assertThat(told(begin, chunk, QUICKLY)).as("chunks of %d", chunk).isEqualTo(expected);
      }
    }
  }

  @Test
  void thousandsOfTasksAndFunctionsTellTheSame() {
    StringBuilder text = new StringBuilder("# tracer: nop\n");
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < MANY; i++) {
        text.append(
            "           a-%-7d [%03d] ..... %5d.%06d: e%d: (f%d+0x0/0x10)\n"
                .formatted(i, i % 8, 10 * round + i / 1000, i, i, i));
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    assertThat(told(bytes, Integer.MAX_VALUE, QUICKLY).hashCode())
        .isEqualTo(told(bytes, Integer.MAX_VALUE, ByColumns::new).hashCode());
  }

  @Test
  void mostLinesOfARecordingAreLikeOnesBefore() {
    for (String text : List.of(GRAPH, EVENTS)) {
      Counting[] counting = new Counting[1];
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      told(
          bytes,
          Integer.MAX_VALUE,
          parser -> {
            counting[0] = new Counting(parser);
            return counting[0];
          });
      assertThat(counting[0].parsed).isLessThan(text.lines().count() / 20);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"perf-script-ns.txt", "trace-cmd.txt"})
  void linesOfToolsAreReadAtSightToo(String name) {
    String text = Samples.text(name) + later(Samples.text(name));
    Counting[] counting = new Counting[1];
    told(
        text.getBytes(StandardCharsets.UTF_8),
        64,
        parser -> {
          counting[0] = new Counting(parser);
          return counting[0];
        });
    assertThat(counting[0].parsed).isLessThan(text.lines().count() * 2 / 3);
  }

  /** The lines again, a day later. */
  private static String later(String text) {
    return text.lines()
        .filter(line -> line.contains(": "))
        .map(line -> line.replaceFirst("  (\\d+)\\.(\\d{6,9}):", "864$1.$2:"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  @Test
  void aReaderThatDoesNotCompareAColumnIsCaught() {
    assertThatThrownBy(() -> checkAll(EVENTS, parser -> new Careless(parser, 16, 24)))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> checkAll(EVENTS, parser -> new Careless(parser, 54, 62)))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> checkAll(GRAPH, parser -> new Careless(parser, 16, 30)))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> checkAll(GRAPH, parser -> new Careless(parser, 34, 42)))
        .isInstanceOf(AssertionError.class);
  }

  private static void checkAll(String text, UnaryOperator<LineParser> quickly) {
    for (long seed = 0; seed < 250; seed++) {
      check(text, 120, seed, quickly);
    }
  }
}
