package dev.kretsim.conform.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.arch.PtRegs;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.probe.Kprobe;
import dev.kretsim.workload.drive.Routine;
import org.jspecify.annotations.Nullable;

/** A kprobe of the driver, with the handlers that a step asks for. */
final class DrivenKprobe extends DrivenProbe {
  private static final long OVERRIDDEN = 0xdead;
  private static final long ENTRY_ARGUMENT = 7;
  private static final long RETURN_ARGUMENT = 9;

  private final Kprobe probe = new Kprobe();
  private final HandlerLog log;
  private final ModuleDriver driver;
  private final @Nullable Routine calledBefore;
  private final @Nullable Routine calledAfter;
  private final boolean overrides;
  private long preCalls;
  private long postCalls;

  DrivenKprobe(int id, JsonNode step, HandlerLog log, ModuleDriver driver) {
    super(id);
    this.log = log;
    this.driver = driver;
    this.calledBefore = driver.target(text(step, "pre_handler_calls"));
    this.calledAfter = driver.target(text(step, "post_handler_calls"));
    String preHandler = text(step, "pre_handler");
    this.overrides = "override".equals(preHandler);
    if (!"none".equals(preHandler)) {
      probe.preHandler(this::before);
    }
    if (step.path("has_post_handler").asInt() == 1 || calledAfter != null) {
      probe.postHandler(this::after);
    }
  }

  @Override
  Kprobe kp() {
    return probe;
  }

  private int before(Kprobe self, PtRegs regs) {
    preCalls++;
    log.add("P", id);
    if (calledBefore != null) {
      driver.callNow(calledBefore, Cpu.current(), ENTRY_ARGUMENT);
    }
    if (overrides) {
      regs.setReturnValue(OVERRIDDEN);
      regs.setInstructionPointer(driver.justReturn());
      return 1;
    }
    return 0;
  }

  private void after(Kprobe self, PtRegs regs) {
    postCalls++;
    log.add("O", id);
    if (calledAfter != null) {
      driver.callNow(calledAfter, Cpu.current(), RETURN_ARGUMENT);
    }
  }

  @Override
  ObjectNode state(Machine machine) {
    ObjectNode state = stateHead("kprobe").put("pre_calls", preCalls).put("post_calls", postCalls);
    state.set("flags", flags());
    return state;
  }
}
