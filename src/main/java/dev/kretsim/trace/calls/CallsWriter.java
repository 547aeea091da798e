package dev.kretsim.trace.calls;

import dev.kretsim.trace.Call;
import dev.kretsim.trace.CallConsumer;
import dev.kretsim.trace.TraceFindings;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Writes calls in our own binary form, as they come, in memory that does not depend on their
 * number.
 */
public final class CallsWriter implements CallConsumer, Closeable {
  private final OutputStream out;
  private final CRC32C checksum = new CRC32C();
  private final CallsFile.Slots slots = new CallsFile.Slots();
  private final byte[] buffer = new byte[64 * 1024];
  private int filled;
  private long nowNs;
  private long calls;

  /** A writer onto a stream, which {@link #close} closes. */
  public CallsWriter(OutputStream out) {
    this.out = out;
    for (byte b : CallsFile.MAGIC) {
      put(b);
    }
    number(CallsFile.VERSION);
  }

  /**
   * @throws UncheckedIOException when it cannot be written
   */
  @Override
  public void enter(Call call) {
    int head =
        CallsFile.ENTER
            | (call.beganBefore() ? CallsFile.BEFORE : 0)
            | (call.knownLost() ? CallsFile.LOST : 0)
            | (call.interruptContext() != Call.TASK_CONTEXT ? CallsFile.CONTEXT : 0)
            | (call.depth() != 1 ? CallsFile.DEPTH : 0);
    put((byte) head);
    if (!call.beganBefore()) {
      advance(call.entryNs());
      calls++;
    }
    number(call.function());
    number(call.task());
    if (call.interruptContext() != Call.TASK_CONTEXT) {
      number(call.interruptContext());
    }
    if (call.depth() != 1) {
      number(call.depth());
    }
    call.tag = slots.take();
  }

  @Override
  public void leave(Call call) {
    boolean tells = call.holdNs() >= 0 && call.holdNs() != call.exitNs() - call.entryNs();
    int head =
        CallsFile.LEAVE
            | (call.lost() ? CallsFile.LOST : 0)
            | (call.cut() ? CallsFile.CUT : 0)
            | (tells ? CallsFile.HOLD : 0);
    put((byte) head);
    advance(call.exitNs());
    number(call.tag);
    if (tells) {
      number(call.holdNs());
    }
    slots.leave((int) call.tag);
  }

  /** The number of calls entered so far, without those from before the trace. */
  public long calls() {
    return calls;
  }

  /** All calls are written: ends the file with what reading the trace established besides. */
  public void finish(TraceFindings findings) {
    put((byte) CallsFile.END);
    number(findings.possibleCpus());
    number(findings.spanNs());
    List<String> functions = findings.functions();
    number(functions.size());
    for (int function = 0; function < functions.size(); function++) {
      text(functions.get(function));
      number(findings.unpairedExits().get(function));
    }
    number(findings.remarks().size());
    findings.remarks().forEach(this::text);
    flush();
    byte[] sum =
        ByteBuffer.allocate(4)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt((int) checksum.getValue())
            .array();
    for (byte b : sum) {
      put(b);
    }
    flush();
  }

  private void advance(long timeNs) {
    if (timeNs < nowNs) {
      throw new IllegalStateException(timeNs + " comes after " + nowNs);
    }
    number(timeNs - nowNs);
    nowNs = timeNs;
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    for (byte b : bytes) {
      put(b);
    }
  }

  private void number(long value) {
    long rest = value;
    while (rest >= 0x80) {
      put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    put((byte) rest);
  }

  private void put(byte b) {
    if (filled == buffer.length) {
      flush();
    }
    buffer[filled++] = b;
  }

  private void flush() {
    checksum.update(buffer, 0, filled);
    try {
      out.write(buffer, 0, filled);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    filled = 0;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
