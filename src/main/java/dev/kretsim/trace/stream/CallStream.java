package dev.kretsim.trace.stream;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.CallConsumer;
import dev.kretsim.trace.TraceFindings;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.read.TraceReader;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Supplier;

/** The calls in a trace, in the order of time, in memory that does not grow with its length. */
public final class CallStream {
  private CallStream() {}

  /**
   * What was read.
   *
   * @param consumer the one that received the calls
   * @param findings the functions by their numbers, and what else is known of the trace
   */
  public record Read<C>(C consumer, TraceFindings findings) {}

  /**
   * Reads a trace, packed or not; its format is told by its content.
   *
   * @param <C> the kind of receiver
   * @param file in any of the formats that are known
   * @param consumers makes a receiver; a trace that lacks returns is read twice, knowing in the
   *     second pass which, and then the second receiver counts
   * @return the receiver that counts, and what else is known of the trace
   * @throws BadInputException when it cannot be used: the message says why, and where
   */
  public static <C extends CallConsumer> Read<C> read(Path file, Supplier<C> consumers) {
    try (TraceSource source = TraceSource.of(file.toString(), InputStream.nullInputStream())) {
      TraceReader.Reading<C> reading = new TraceReader(source, null).read(consumers);
      return new Read<>(reading.consumer(), reading.findings());
    }
  }
}
