package dev.kretsim.conform.driver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.conform.recording.Placement;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Task;
import java.util.Locale;

/** The handler calls of a replay, in the order they were made. */
final class HandlerLog {
  /** Storms of calls are counted, not logged. */
  private static final int MOST = 10_000;

  private final Placement placement;
  private ArrayNode events = JsonNodeFactory.instance.arrayNode();

  HandlerLog(Placement placement) {
    this.placement = placement;
  }

  /**
   * Notes a call on the CPU that runs now.
   *
   * @param kind E accepted at entry, F rejected at entry, R return, P before, O after
   */
  ObjectNode add(String kind, int probe) {
    Cpu cpu = Cpu.current();
    Task task = cpu.task();
    placement.follow(task.comm(), cpu.id());
    ObjectNode event =
        events.size() < MOST ? events.addObject() : JsonNodeFactory.instance.objectNode();
    if (cpu.context() != Cpu.Context.TASK) {
      event.put("ctx", cpu.context().name().toLowerCase(Locale.ROOT));
    }
    return event
        .put("k", kind)
        .put("p", probe)
        .put("task", task.comm())
        .put("cpu", cpu.id())
        .put("depth", task.inFlightDepth());
  }

  /** Hands over what was noted since the last time. */
  ArrayNode drain() {
    ArrayNode drained = events;
    events = JsonNodeFactory.instance.arrayNode();
    return drained;
  }
}
