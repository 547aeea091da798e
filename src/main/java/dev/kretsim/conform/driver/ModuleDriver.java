package dev.kretsim.conform.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.conform.recording.Environment;
import dev.kretsim.conform.recording.Placement;
import dev.kretsim.conform.recording.UnreplayableException;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.memory.PlainMemory;
import dev.kretsim.probe.OutOfMemoryKillException;
import dev.kretsim.probe.registry.Kprobes;
import dev.kretsim.workload.drive.Kthread;
import dev.kretsim.workload.drive.Routine;
import dev.kretsim.workload.drive.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The emulated counterpart of the module that drove the recorded kernels: takes the same steps, one
 * after the other, and gives the same kind of answers.
 */
public final class ModuleDriver {
  private static final long NS_PER_MS = 1_000_000;

  private static final long DEFAULT_ARGUMENT = 5;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Environment environment;
  private final Placement placement;
  private final Machine machine;
  private final Targets targets;
  private final Kprobes kprobes;
  private final Shell shell;
  private final InstructionSteps instructions;
  private final HandlerLog log;
  private final ProbeSteps probes;
  private final List<HeldTask> held = new ArrayList<>();
  private final Kthread ownThread;
  private Step ownCall = new Step.Hold();
  private int ownCpu;

  public ModuleDriver(Environment environment, Placement placement) {
    this.environment = environment;
    this.placement = placement;
    machine = new Machine(environment.machine(), PlainMemory::new);
    targets = new Targets(machine);
    KernelSymbols.define(machine);
    VictimModule victim = new VictimModule(machine);
    kprobes = Kprobes.boot(machine).drivenByOneThread();
    if (environment.machine().version().isRealtime() && placement.jumpsEarly()) {
      kprobes.optimizerDelay(KernelVersion.V6_12.optimizerDelayNs());
    }
    shell = new Shell(kprobes, victim, this::start);
    instructions = new InstructionSteps(this, machine, kprobes);
    log = new HandlerLog(placement);
    probes = new ProbeSteps(this, kprobes, machine, log, placement);
    ownThread =
        new Kthread(
            machine.newTask("kroctl"), new Routine(targets.driverFunction(), frame -> ownCall));
  }

  /**
   * Takes one step.
   *
   * @return the answer, in the recordings' form
   * @throws UnreplayableException if the step needs what the recording does not contain
   */
  public ObjectNode take(JsonNode step) {
    String op = step.path("op").asText();
    ObjectNode answer =
        switch (op) {
          case "register_kretprobe", "register_kprobe" -> register(step, op);
          case "register_kretprobes(array)" -> probes.registerArray(step);
          case "unregister" -> probes.unregister(step, ownCpu);
          case "unregister_kretprobes(array)" -> probes.unregisterArray(step, ownCpu);
          case "poke_maxactive" -> probes.pokeMaxactive(step);
          case "foreign_ipmodify_ftrace_ops" -> otherFtraceUser(step);
          case "disable", "enable" -> probes.disableOrEnable(step, op);
          case "call_from_driver_task" -> callFromDriverTask(step);
          case "call_from_irq" -> callFromIrq(step);
          case "parallel_calls" -> parallelCalls(step);
          case "start_held_tasks" -> startHeldTasks(step);
          case "release_tasks" -> releaseTasks(step);
          case "read_state" -> probes.readState(step);
          case "read_handler_log" -> readHandlerLog();
          case "read_per_task_lists" -> readPerTaskLists();
          case "release_and_unregister_everything" -> endEverything();
          case "sleep" -> sleep(step.path("ms").asInt());
          case "rcu_barrier" -> gracePeriod();
          case "read_env" -> NODES.objectNode();
          case "read_instruction_words" -> instructions.readWords(step);
          case "diestat" -> instructions.trapStatistics();
          case "shell" -> shell(step.path("command").asText());
          default -> {
            if (op.startsWith("sweep_offsets(")) {
              yield instructions.sweep(step);
            } else if (op.startsWith("install_undefined_instruction_skipper(")) {
              yield instructions.installSkipper(step);
            }
            throw new UnreplayableException("unknown step: " + op);
          }
        };
    kprobes.checkLaws();
    return answer;
  }

  private ObjectNode register(JsonNode step, String op) {
    try {
      return probes.register(step, op);
    } catch (OutOfMemoryKillException killed) {
      return NODES.objectNode().put("err", "no return: " + killed.getMessage());
    }
  }

  private ObjectNode shell(String command) {
    shell.run(command);
    return NODES.objectNode();
  }

  private Cpu start(String comm) {
    Cpu cpu = online(placement.next(comm, 0));
    cpu.switchTo(machine.newTask(comm));
    return cpu;
  }

  private ObjectNode otherFtraceUser(JsonNode step) {
    Symbol function =
        machine
            .symbols()
            .find(step.path("symbol").asText())
            .orElseThrow(() -> new UnreplayableException("names no function: " + step));
    kprobes.otherFtraceUserModifiesIp(function, step.path("on").asInt() == 1);
    return NODES.objectNode().put("rc", 0);
  }

  private ObjectNode sleep(int ms) {
    kprobes.elapse(ms * NS_PER_MS);
    return gracePeriod();
  }

  /** Every sleep of a recording is longer than one. */
  private ObjectNode gracePeriod() {
    machine.rcu().synchronize(online(ownCpu).id());
    return NODES.objectNode().put("ok", 1);
  }

  /** Calls a target from the driver's own task, wherever that is. */
  long callOnce(Routine target, long argument) {
    ownCall = new Step.Call(target, argument);
    ownThread.resume(online(ownCpu));
    return ownThread.lastResult();
  }

  private ObjectNode callFromDriverTask(JsonNode step) {
    String name = step.path("function").asText();
    Routine target = targets.routine(name);
    int count = step.path("count").asInt(1);
    long argument = step.path("argument").asLong(DEFAULT_ARGUMENT);
    long first = 0;
    long last = 0;
    for (int call = 0; call < count; call++) {
      ownCall = new Step.Call(target, argument + call * step.path("inc").asLong());
      ownCpu = step.path("cpu").asInt(placement.next("kroctl", ownCpu));
      ownThread.resume(online(ownCpu));
      last = Targets.asDeclared(name, ownThread.lastResult());
      first = call == 0 ? last : first;
    }
    return NODES
        .objectNode()
        .put("calls", count)
        .put("first_ret", first)
        .put("last_ret", last)
        .put("rethook_depth_after", ownThread.task().inFlightDepth());
  }

  /** An interrupt runs on the stack of the task it interrupts: the driver's own, or an idle one. */
  private ObjectNode callFromIrq(JsonNode step) {
    Routine target = targets.routine(step.path("function").asText());
    long argument = step.path("argument").asLong(DEFAULT_ARGUMENT);
    Routine caller = new Routine(targets.driverFunction(), frame -> ownCall);
    Cpu.Context kind =
        step.path("ctx").asText().equals("soft") ? Cpu.Context.SOFTIRQ : Cpu.Context.HARDIRQ;
    if (step.has("during")) {
      Cpu cpu = online(placement.next("kroctl", ownCpu));
      cpu.switchTo(ownThread.task());
      long microseconds = step.path("during").asLong() * 1000;
      Symbol spin = targets.routine("spin").symbol();
      cpu.enter(spin, microseconds, caller.returnSite());
      long irqValue = interrupt(cpu, kind, target, argument, caller);
      return NODES
          .objectNode()
          .put("spin_ret", cpu.leave(microseconds + 1, caller.returnSite()))
          .put("irq_ret", irqValue);
    }
    long last = 0;
    for (int call = 0; call < step.path("count").asInt(1); call++) {
      String interrupted = placement.nextInterrupted();
      Cpu cpu = online(placement.next(interrupted, ownCpu));
      cpu.switchTo(machine.newTask(interrupted));
      last = interrupt(cpu, kind, target, argument, caller);
    }
    return NODES.objectNode().put("ret", last);
  }

  private static long interrupt(
      Cpu cpu, Cpu.Context kind, Routine target, long argument, Routine caller) {
    Cpu.Interrupted before = cpu.enterInterrupt(kind);
    long value = target.callNow(cpu, argument, caller);
    cpu.leaveInterrupt(before);
    return value;
  }

  /** Races: only what holds for every interleaving is compared, so one of them will do. */
  private ObjectNode parallelCalls(JsonNode step) {
    placement.lose();
    Routine target = targets.routine(step.path("function").asText());
    int threads = step.path("threads").asInt(1);
    int count = step.path("count").asInt(1);
    ownCall = new Step.Call(target, step.path("argument").asLong(DEFAULT_ARGUMENT));
    for (int call = 0; call < threads * count; call++) {
      ownThread.resume(online(call % threads % environment.machine().onlineCpus()));
    }
    return NODES.objectNode().put("threads", threads).put("calls_total", threads * count);
  }

  private ObjectNode startHeldTasks(JsonNode step) {
    int count = step.path("count").asInt(1);
    int firstIndex = step.path("i0").asInt();
    for (int i = 0; i < count; i++) {
      HeldTask task =
          new HeldTask(
              step.path("tag").asText(),
              firstIndex + i,
              step.path("function").asText("gate"),
              step.path("argument").asLong(DEFAULT_ARGUMENT),
              targets,
              machine);
      held.add(task);
      int cpu = step.path("cpu").asInt(placement.next(task.thread.task().comm(), 0));
      task.run(online(cpu));
    }
    return NODES
        .objectNode()
        .put("spawned", count)
        .put("inside", step.path("wait").asInt(1) == 1 ? count : 0);
  }

  private ObjectNode releaseTasks(JsonNode step) {
    String tag = step.path("tag").asText();
    List<HeldTask> tagged =
        held.stream()
            .filter(task -> task.tag.equals(tag))
            .sorted(Comparator.comparingInt(task -> task.index))
            .toList();
    List<HeldTask> chosen = new ArrayList<>();
    for (HeldTask task : tagged) {
      if (!task.released() && (!step.has("i") || task.index == step.path("i").asInt())) {
        chosen.add(step.path("rev").asInt() == 1 ? 0 : chosen.size(), task);
      }
    }
    for (HeldTask task : chosen) {
      String comm = task.thread.task().comm();
      int cpu = step.path("migrate").asInt(placement.next(comm, task.lastCpu()));
      task.release(online(cpu));
      if (task.diedInside()) {
        placement.lose(); // who took its instances back, and where, was not recorded
      }
    }
    ObjectNode answer = NODES.objectNode().put("released", chosen.size());
    ArrayNode returned = answer.putArray("returned");
    for (HeldTask task : tagged) {
      if (task.back()) {
        returned.addObject().put("i", task.index).put("ret", task.returned());
      }
    }
    return answer;
  }

  private ObjectNode readHandlerLog() {
    ArrayNode events = log.drain();
    ObjectNode answer = NODES.objectNode().put("n", events.size());
    answer.set("events", events);
    return answer;
  }

  private ObjectNode readPerTaskLists() {
    ObjectNode answer = NODES.objectNode();
    ArrayNode threads = answer.putArray("threads");
    for (HeldTask one : held) {
      Task task = one.thread.task();
      threads.addObject().put("t", task.comm()).put("in_list", task.inFlightDepth());
    }
    return answer;
  }

  private ObjectNode endEverything() {
    for (HeldTask task : held) {
      if (!task.back()) {
        task.run(online(task.lastCpu()));
      }
    }
    probes.unregisterAll(ownCpu);
    return NODES.objectNode().put("ok", 1);
  }

  /** Binding to a CPU that is not there leaves a task where it is: the steps name CPU 1 freely. */
  private Cpu online(int wanted) {
    return machine.cpu(wanted < environment.machine().onlineCpus() ? wanted : 0);
  }

  /** The function of that name, or null for none: what a handler is to call. */
  @Nullable Routine target(@Nullable String name) {
    return name == null ? null : targets.routine(name);
  }

  /** A function that does nothing but return. */
  long justReturn() {
    return targets.justReturn().address();
  }

  long callNow(Routine target, Cpu cpu, long argument) {
    return target.callNow(cpu, argument, new Routine(targets.driverFunction(), frame -> ownCall));
  }

  int indexOf(Task task) {
    return targets.indexOf(task);
  }

  boolean isTraced(Symbol function) {
    return shell.traces(function.name());
  }

  boolean zeroesInstances() {
    return environment.zeroesInstances();
  }

  String symbolAt(long address) {
    return machine.symbols().at(address).map(Symbol::name).orElse("?");
  }
}
