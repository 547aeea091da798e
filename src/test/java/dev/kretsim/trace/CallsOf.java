package dev.kretsim.trace;

import dev.kretsim.trace.read.TraceReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes down, in words, the calls that a text is read as. */
public final class CallsOf implements CallConsumer {
  private final List<String> told = new ArrayList<>();

  public static TraceReader.Reading<CallsOf> reading(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (TraceSource source = TraceSource.of("-", new ByteArrayInputStream(bytes))) {
      return new TraceReader(source, null).read(CallsOf::new);
    }
  }

  /** Such as {@code +0.1@5 -0.1@7}: function 0 entered at depth 1 at 5 us and left at 7 us. */
  public static String in(String text) {
    return told(reading(text).consumer());
  }

  public static String told(CallsOf calls) {
    return String.join(" ", calls.told);
  }

  @Override
  public void enter(Call call) {
    String time = call.beganBefore() ? "before" : micros(call.entryNs());
    told.add("+" + call.function() + "." + call.depth() + "@" + time);
  }

  @Override
  public void leave(Call call) {
    String end = call.lost() ? "lost" : micros(call.exitNs());
    told.add("-" + call.function() + "." + call.depth() + "@" + end);
  }

  private static String micros(long ns) {
    return ns % 1000 == 0 ? String.valueOf(ns / 1000) : ns / 1000.0 + "";
  }
}
