package dev.kretsim.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the machine looks like after a step, as far as the call is concerned.
 *
 * @param text the first bytes of the probed function
 * @param textAt where they lie
 * @param registers those that matter, by name
 * @param slotAt address of the stack word that the call returns through; null where there is none
 * @param slot what it holds; null where there is none
 * @param free the free instances of the kretprobe; null before it is registered
 * @param inFlight the task's in-flight list, newest first
 */
public record MachineState(
    List<Integer> text,
    Value.Word textAt,
    List<Register> registers,
    Value.@Nullable Word slotAt,
    Value.@Nullable Word slot,
    Value.@Nullable Instances free,
    Value.Members inFlight,
    long nmissed,
    long kpNmissed) {
  /** A register and what it holds. */
  public record Register(String name, Value.Word value) {}

  /** {@code f3 0f 1e fa}: {@code count} bytes from {@code from} on. */
  String bytes(int from, int count) {
    StringBuilder shown = new StringBuilder();
    for (int i = from; i < Math.min(from + count, text.size()); i++) {
      shown.append(i == from ? "" : " ").append(String.format("%02x", text.get(i)));
    }
    return shown.toString();
  }
}
