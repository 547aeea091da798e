package dev.kretsim.conform.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.arch.PtRegs;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.probe.Kprobe;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.KretprobeInstance;
import dev.kretsim.workload.drive.Routine;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A kretprobe of the driver, with the handlers that a step asks for. */
final class DrivenKretprobe extends DrivenProbe {
  private static final long ENTRY_ARGUMENT = 7;
  private static final long RETURN_ARGUMENT = 9;

  /** The entry handler writes this plus the number of its call into the instance's data. */
  private static final long MARK = 0xA000_0000L;

  private static final int WORD = 8;

  private final Kretprobe probe = new Kretprobe();
  private final HandlerLog log;
  private final ModuleDriver driver;
  private final String policy;
  private final @Nullable Routine calledAtEntry;
  private final @Nullable Routine calledAtReturn;
  private final boolean handlesReturns;
  private final Map<KretprobeInstance, Integer> numbers = new HashMap<>();
  private final Map<KretprobeInstance, Long> written = new HashMap<>();
  private final Set<KretprobeInstance> used = new HashSet<>();
  private long entryCalls;
  private long entryRejects;
  private long entryCallsIrqsOff;
  private long returnCalls;
  private long returnCallsIrqsOff;
  private long badData;

  DrivenKretprobe(int id, JsonNode step, HandlerLog log, ModuleDriver driver) {
    super(id);
    this.log = log;
    this.driver = driver;
    this.policy = step.path("entry_handler").asText("pass");
    this.calledAtEntry = driver.target(text(step, "entry_handler_calls"));
    this.calledAtReturn = driver.target(text(step, "return_handler_calls"));
    if (!policy.equals("none")) {
      probe.entryHandler(this::onEntry);
    }
    this.handlesReturns = step.path("has_return_handler").asInt(1) == 1;
    if (handlesReturns) {
      probe.handler(this::onReturn);
    }
    probe.maxactive(step.path("maxactive").asInt()).dataSize(step.path("data_size").asInt(WORD));
  }

  Kretprobe kretprobe() {
    return probe;
  }

  @Override
  Kprobe kp() {
    return probe.kp();
  }

  /** Whether every taking and giving back of an instance shows in the log. */
  boolean logsEverything() {
    return !policy.equals("none") && handlesReturns;
  }

  private int onEntry(KretprobeInstance instance, PtRegs regs) {
    long call = ++entryCalls;
    entryCallsIrqsOff += Cpu.current().irqsEnabled() ? 0 : 1;
    Task task = Task.current();
    boolean rejects = rejects(call, task, regs);
    ObjectNode event = log.add(rejects ? "F" : "E", id);
    note(event, instance);
    event.put("stack_ret", driver.symbolAt(regs.returnAddress(task)));
    if (probe.dataSize() >= WORD) {
      instance.setDataWord(0, MARK + call);
      written.put(instance, MARK + call);
    }
    if (calledAtEntry != null) {
      driver.callNow(calledAtEntry, Cpu.current(), ENTRY_ARGUMENT);
    }
    if (rejects) {
      entryRejects++;
    }
    return rejects ? policy.equals("neg") ? -1 : 1 : 0;
  }

  private boolean rejects(long call, Task task, PtRegs regs) {
    String[] words = policy.split(":", 2);
    String detail = words.length < 2 ? "" : words[1];
    return switch (words[0]) {
      case "fail", "neg" -> true;
      case "every" -> call % Long.parseLong(detail) == 0;
      case "comm" -> task.comm().startsWith(detail);
      case "argodd" -> (regs.argument(0) & 1) == 1;
      case "idxmod" -> driver.indexOf(task) % Integer.parseInt(detail) == 0;
      default -> false;
    };
  }

  private void onReturn(KretprobeInstance instance, PtRegs regs) {
    returnCalls++;
    returnCallsIrqsOff += Cpu.current().irqsEnabled() ? 0 : 1;
    ObjectNode event = log.add("R", id);
    note(event, instance);
    event.put("retval", regs.returnValue());
    event.put("ret_addr", driver.symbolAt(instance.returnAddress()));
    if (probe.dataSize() >= WORD && !policy.equals("none")) {
      badData += instance.dataWord(0) == written.getOrDefault(instance, 0L) ? 0 : 1;
    }
    if (calledAtReturn != null) {
      driver.callNow(calledAtReturn, Cpu.current(), RETURN_ARGUMENT);
    }
  }

  private void note(ObjectNode event, KretprobeInstance instance) {
    event.put("inst", numbers.computeIfAbsent(instance, first -> numbers.size()));
    boolean firstUse = used.add(instance);
    if (probe.dataSize() >= WORD && (!firstUse || driver.zeroesInstances())) {
      event.put("data", "0x" + Long.toHexString(instance.dataWord(0)));
    }
  }

  @Override
  ObjectNode state(Machine machine) {
    ObjectNode state =
        stateHead("kretprobe")
            .put("maxactive", probe.maxactive())
            .put("data_size", probe.dataSize())
            .put("nmissed", probe.nmissed())
            .put("entry_calls", entryCalls)
            .put("entry_rejects", entryRejects)
            .put("ret_calls", returnCalls)
            .put("entry_calls_irqs_off", entryCallsIrqsOff)
            .put("ret_calls_irqs_off", returnCallsIrqsOff)
            .put("bad_data", badData)
            .put("distinct_instances", numbers.size());
    state.set("flags", flags());
    if (registered) {
      state.set("pool", poolState(probe, machine));
    }
    return state;
  }
}
