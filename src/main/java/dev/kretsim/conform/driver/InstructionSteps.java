package dev.kretsim.conform.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.arch.UnsupportedInstructionException;
import dev.kretsim.conform.recording.UnreplayableException;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.probe.registry.Kprobes;
import dev.kretsim.workload.drive.Routine;
import org.jspecify.annotations.Nullable;

/** The steps that are about single instructions of a target. */
final class InstructionSteps {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final long[] ARGUMENTS = {0, 1, 2, 5, 10, 11, 12, -1};
  private static final int WORD_BYTES = 4;

  /** A branch and link; where to depends on the boot. */
  private static final String CALL_OF_TRACER = "94000000";

  private static final long INNER_ARGUMENT = 5;

  private final ModuleDriver driver;
  private final Machine machine;
  private final Kprobes kprobes;
  private @Nullable Routine calledAtTrap;
  private int callsAtTrap = 1;
  private int traps;
  private int trapsInSlot;
  private long innerResult;

  InstructionSteps(ModuleDriver driver, Machine machine, Kprobes kprobes) {
    this.driver = driver;
    this.machine = machine;
    this.kprobes = kprobes;
    machine.onFault(this::skipUndefined);
  }

  /** The words of a function, as they are in memory now. */
  ObjectNode readWords(JsonNode step) {
    Symbol symbol = symbol(step);
    ArrayNode words = NODES.arrayNode();
    for (int i = 0; i < step.path("count").asInt(); i++) {
      byte[] bytes = machine.text().read(symbol.address() + (long) i * WORD_BYTES, WORD_BYTES);
      boolean hooked =
          driver.isTraced(symbol)
              && symbol.address() + (long) i * WORD_BYTES == symbol.ftraceSite();
      words.add(
          hooked
              ? CALL_OF_TRACER
              : "%02x%02x%02x%02x".formatted(bytes[3], bytes[2], bytes[1], bytes[0]));
    }
    return NODES.objectNode().set("words", words);
  }

  /** One probe at a time at each offset, and calls of the function under each. */
  ObjectNode sweep(JsonNode step) {
    Symbol symbol = symbol(step);
    Routine function = driver.target(DrivenProbe.text(step, "function"));
    ObjectNode answer = NODES.objectNode();
    ArrayNode unprobed = results(function);
    ArrayNode arguments = answer.putArray("args");
    for (long argument : ARGUMENTS) {
      arguments.add(argument);
    }
    answer.set("unprobed_results", unprobed);
    ArrayNode offsets = answer.putArray("offsets");
    int stride = step.path("step").asInt(WORD_BYTES);
    for (int offset = 0; offset < step.path("to").asInt(); offset += stride) {
      SweepProbe probe = new SweepProbe(kprobes, symbol, offset, step);
      ObjectNode found = offsets.addObject().put("off", offset).put("rc", probe.register());
      if (found.path("rc").asInt() == 0) {
        if (function != null) {
          boolean unchanged = results(function).equals(unprobed);
          found.put("results_unchanged", unchanged ? 1 : 0);
        }
        probe.describe(found, function != null);
        probe.unregister();
      }
    }
    return answer;
  }

  private ArrayNode results(@Nullable Routine function) {
    ArrayNode results = NODES.arrayNode();
    for (long argument : ARGUMENTS) {
      results.add(function == null ? 0 : driver.callOnce(function, argument));
    }
    return results;
  }

  private Symbol symbol(JsonNode step) {
    String name = step.path("sym").asText();
    return machine
        .symbols()
        .find(name)
        .orElseThrow(() -> new UnreplayableException("no code was recorded of " + name));
  }

  /** From now on undefined instructions call a function, and are skipped. */
  ObjectNode installSkipper(JsonNode step) {
    calledAtTrap = driver.target(DrivenProbe.text(step, "function"));
    callsAtTrap = step.path("count").asInt(step.path("n").asInt(1));
    return NODES.objectNode().put("ok", 1);
  }

  private boolean skipUndefined(Cpu cpu, RuntimeException fault) {
    if (calledAtTrap == null || !(fault instanceof UnsupportedInstructionException)) {
      return false;
    }
    traps++;
    long at = cpu.regs().instructionPointer();
    trapsInSlot += machine.text().contains(at) ? 0 : 1;
    for (int call = 0; call < callsAtTrap; call++) {
      innerResult = driver.callNow(calledAtTrap, cpu, INNER_ARGUMENT);
    }
    cpu.regs().setInstructionPointer(at + WORD_BYTES);
    return true;
  }

  ObjectNode trapStatistics() {
    return NODES
        .objectNode()
        .put("undefined_traps", traps)
        .put("pc_was_in_single_step_slot", trapsInSlot == traps ? 1 : 0)
        .put("inner_ret", innerResult);
  }
}
