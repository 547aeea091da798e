package dev.kretsim.plan.curve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.read.TraceReader;
import dev.kretsim.trace.read.Workers;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What makes reading quick, as far as it can be counted. */
class ReadingCostTest {
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A longer method is compiled by itself (-XX:FreqInlineSize). */
  private static final int LONGEST_INLINED = 325;

  private static final int BLOCK = 1 << 14;

  private enum Format {
    GRAPH("# tracer: function_graph\n") {
      @Override
      void call(StringBuilder text, long us, int task) {
        String head = String.format(Locale.ROOT, " |   %d)   dd-%d   | ", task & 1, 100 + task);
        text.append(stamp(us)).append(head).append("              |  f() {\n");
        text.append(stamp(us + 1)).append(head).append("  1.250 us    |    g();\n");
        text.append(stamp(us + 3)).append(head).append("  2.750 us    |  }\n");
      }
    },
    EVENTS("# tracer: nop\n") {
      @Override
      void call(StringBuilder text, long us, int task) {
        String head = String.format(Locale.ROOT, " dd-%d  [00%d] ..... ", 100 + task, task & 1);
        text.append(head).append(stamp(us)).append(": f_in: (f+0x0/0x10)\n");
        text.append(head).append(stamp(us + 3)).append(": f_out: (g+0x1/0x20 <- f) arg1=1\n");
      }
    };

    private final String header;

    Format(String header) {
      this.header = header;
    }

    abstract void call(StringBuilder text, long us, int task);

    String text(int calls) {
      StringBuilder text = new StringBuilder(header);
      for (int call = 0; call < calls; call++) {
        call(text, 10L * call, call % 7);
      }
      return text.toString();
    }

    private static String stamp(long us) {
      return String.format(Locale.ROOT, "%6d.%06d", us / 1_000_000, us % 1_000_000);
    }
  }

  /** The bytes of objects that reading takes, on one thread. */
  private static long taken(String text, int calls) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    LoadBook book =
        new TraceReader(
                TraceSource.of("made up", () -> new ByteArrayInputStream(bytes)),
                null,
                new Workers(1, BLOCK))
            .readMovements(LoadBook::new)
            .consumer();
    long taken = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    assertThat(Objects.requireNonNull(book.of(0)).calls()).isEqualTo(calls);
    return taken;
  }

  /** Memory is that of some blocks and of what is inside: an object a line would be much more. */
  @ParameterizedTest
  @EnumSource
  void moreLinesTakeNoMoreObjects(Format format) {
    int few = 20_000;
    int many = 60_000;
    taken(format.text(few), few);

    long more = taken(format.text(many), many) - taken(format.text(few), few);

    assertThat(more / (double) (many - few)).as("bytes for each call").isLessThan(1);
  }

  /**
   * Each stage's loop calls one method that is compiled once and by itself: a short trace would be
   * over before it was compiled again into each of its callers.
   */
  @ParameterizedTest
  @CsvSource({
    "dev.kretsim.trace.graph.GraphMatcher, take",
    "dev.kretsim.trace.event.EventMatcher, take",
    "dev.kretsim.plan.curve.FunctionLoad, take",
    "dev.kretsim.plan.curve.Occupancy, draw",
    "dev.kretsim.plan.curve.Ties, take"
  })
  void theBodiesOfStagesAreTooLongToBeCompiledIntoOthers(String name, String method)
      throws Exception {
    assertThat(codeLengths(Class.forName(name)).get(method)).isGreaterThan(LONGEST_INLINED);
  }

  @Test
  void whatIsCalledFromManyPlacesIsNot() throws Exception {
    assertThat(codeLengths(FunctionLoad.class).get("calls")).isBetween(1, 20);
  }

  /** By name, the bytes of the longest method of that name (JVMS 17, 4.1 to 4.7.3). */
  private static Map<String, Integer> codeLengths(Class<?> type) throws IOException {
    String file = type.getName().replace('.', '/') + ".class";
    try (InputStream stream =
            Objects.requireNonNull(type.getClassLoader()).getResourceAsStream(file);
        DataInputStream in = new DataInputStream(Objects.requireNonNull(stream))) {
      in.skipNBytes(8);
      String[] texts = new String[in.readUnsignedShort()];
      for (int constant = 1; constant < texts.length; constant++) {
        int tag = in.readUnsignedByte();
        switch (tag) {
          case 1 -> texts[constant] = in.readUTF();
          case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
          case 15 -> in.skipNBytes(3);
          case 5, 6 -> {
            in.skipNBytes(8);
            constant++;
          }
          default -> in.skipNBytes(4);
        }
      }
      in.skipNBytes(6);
      in.skipNBytes(2L * in.readUnsignedShort());
      members(in, texts);
      return members(in, texts);
    }
  }

  private static Map<String, Integer> members(DataInputStream in, String[] texts)
      throws IOException {
    Map<String, Integer> lengths = new HashMap<>();
    int members = in.readUnsignedShort();
    for (int member = 0; member < members; member++) {
      in.skipNBytes(2);
      String name = texts[in.readUnsignedShort()];
      in.skipNBytes(2);
      int attributes = in.readUnsignedShort();
      for (int attribute = 0; attribute < attributes; attribute++) {
        boolean isCode = texts[in.readUnsignedShort()].equals("Code");
        int length = in.readInt();
        if (isCode) {
          in.skipNBytes(4);
          lengths.merge(name, in.readInt(), Math::max);
          length -= 8;
        }
        in.skipNBytes(length);
      }
    }
    return lengths;
  }
}
