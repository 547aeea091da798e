package dev.kretsim.explain;

import dev.kretsim.arch.PtRegs;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.pool.PoolDesigns;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.KretprobeInstance;
import dev.kretsim.workload.drive.Step;
import dev.kretsim.workload.scenario.Scenario.EventSpec.OfProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Writes down what happens to one call of a probed function, from the call to its return. */
final class CallStory {
  private final MachineView view;
  private final LongSupplier clock;
  private final Kretprobe probe;
  private final Set<Kretprobe> withoutEntryHandler;
  private final Task task;
  private final Symbol function;
  private final long argument;
  private final CallScene scene;

  private final List<ExplainedStep> steps = new ArrayList<>();
  private final List<KretprobeInstance> followed = new ArrayList<>();
  private final List<String> body = new ArrayList<>();
  private final long nmissedBefore;
  private final long kpNmissedBefore;

  private Cpu cpu;
  private Fate fate = Fate.MISSED;
  private boolean called;
  private boolean entered;
  private boolean handled;
  private boolean unprobed;
  private long enteredNs;
  private int enteredCpu;
  private long result;

  CallStory(
      MachineView view,
      LongSupplier clock,
      Kretprobe probe,
      Set<Kretprobe> withoutEntryHandler,
      Cpu cpu,
      Symbol function,
      long argument) {
    this.view = view;
    this.clock = clock;
    this.probe = probe;
    this.withoutEntryHandler = withoutEntryHandler;
    this.cpu = cpu;
    this.task = cpu.task();
    this.function = function;
    this.argument = argument;
    scene = new CallScene(view, probe, task, function, cpu.regs());
    nmissedBefore = probe.nmissed();
    kpNmissedBefore = probe.kp().nmissed();
  }

  Task task() {
    return task;
  }

  Kretprobe probe() {
    return probe;
  }

  Symbol function() {
    return function;
  }

  boolean entered() {
    return entered;
  }

  /** Whether no breakpoint stood there: nothing to tell. */
  boolean unprobed() {
    return unprobed;
  }

  Fate fate() {
    return fate;
  }

  List<ExplainedStep> steps() {
    return steps;
  }

  /** An instance was popped for a kretprobe on this function. */
  void popped(Cpu on, KretprobeInstance instance, PtRegs regs) {
    cpu = on;
    boolean ours = instance.kretprobe() == probe;
    fate = ours ? Fate.HIT : fate;
    if (!called) {
      called(regs);
      trapped(regs);
    }
    Fact change = ours ? scene.pool() : Fact.of("free", MachineView.free(instance.kretprobe()));
    String pool = probe.registration().poolDesign().name();
    add(
        ours
            ? "an instance is popped from the pool (%s): number %d"
                .formatted(pool, instance.number())
            : "instance %d of another kretprobe is popped (%s)".formatted(instance.number(), pool),
        change);
  }

  private void trapped(PtRegs regs) {
    scene.trapped(regs);
    String at = view.word(probe.kp().addr()).symbol();
    add(
        view.trapsAt(probe.kp().addr())
            ? "the breakpoint at %s traps: a probe is there".formatted(at)
            : "the ftrace site at %s calls ftrace: a probe is there".formatted(at),
        Fact.of("found", "kretprobe on " + function.name()),
        Fact.of("regs->" + view.instructionPointer(), view.word(regs.instructionPointer())));
  }

  /** The entry handler has answered. */
  void answered(KretprobeInstance instance, PtRegs regs, int answer) {
    if (answer == 0) {
      followed.add(instance);
    } else if (instance.kretprobe() == probe) {
      fate = Fate.DECLINED;
    }
    add(
        withoutEntryHandler.contains(instance.kretprobe())
            ? "there is no entry_handler: every call is followed"
            : "entry_handler(ri, regs) is called and answers %d: %s"
                .formatted(answer, answer == 0 ? "follow this call" : "not this call"),
        Fact.of("regs->" + view.argumentRegister(), new Value.Word(regs.argument(0), "")),
        Fact.of("ri->ret_addr", view.word(instance.returnAddress())),
        Fact.of("interrupts", cpu.irqsEnabled() ? "on" : "off"));
  }

  /** The body is about to run. */
  void entered(Cpu on) {
    cpu = on;
    entered = true;
    enteredNs = clock.getAsLong();
    enteredCpu = on.id();
    PtRegs regs = on.regs();
    if (!called) {
      called(regs);
    }
    scene.look(regs);
    if (!followed.isEmpty()) {
      hijacked(regs);
    }
    if (fate == Fate.DECLINED) {
      add(
          "the instance goes straight back; the return address is left alone",
          scene.pool(),
          scene.place());
    } else if (fate != Fate.HIT) {
      notFollowed();
    }
  }

  private void called(PtRegs regs) {
    called = true;
    scene.called(regs);
    boolean pushes = view.arch().callStoresReturnAddress();
    add(
        pushes
            ? "%s(%d) is called: the call pushes the return address"
                .formatted(function.name(), argument)
            : "%s(%d) is called: the return address is in the link register"
                .formatted(function.name(), argument),
        Fact.of(view.instructionPointer(), view.word(function.address())),
        Fact.change("sp", scene.stackBefore(), view.word(regs.stackPointer())),
        Fact.of(pushes ? "stack slot" : view.linkRegister(), scene.caller()),
        Fact.of(view.argumentRegister(), new Value.Word(argument, "")));
  }

  private void hijacked(PtRegs regs) {
    KretprobeInstance newest = followed.get(followed.size() - 1);
    boolean onStack = view.arch().callStoresReturnAddress();
    Value.Word now = view.word(regs.returnAddress(task));
    add(
        onStack
            ? "the return address on the stack is replaced by the trampoline's"
            : "x30, the return address, is replaced by the trampoline's",
        Fact.change(onStack ? "stack slot" : view.linkRegister(), scene.caller(), now),
        Fact.of("ri->ret_addr", view.word(newest.returnAddress())));
    view.name(task, followed);
    add("the instance heads the list of calls that the task is inside", scene.inFlight());
  }

  private void notFollowed() {
    if (probe.nmissed() > nmissedBefore) {
      fate = Fate.MISSED;
      add(
          "the probe is hit, but no instance is free: the call is missed",
          Fact.of("free", scene.free()),
          Fact.count("nmissed", nmissedBefore, probe.nmissed()),
          scene.place());
    } else if (probe.kp().nmissed() == kpNmissedBefore) {
      unprobed = true;
    } else {
      fate = Fate.NESTED;
      add(
          "the probe is hit inside a handler: the call is not looked at",
          Fact.count("kp.nmissed", kpNmissedBefore, probe.kp().nmissed()),
          Fact.of("free", scene.free()),
          scene.place());
    }
  }

  /** The body takes a step. */
  void step(Step step) {
    String word =
        step instanceof Step.Call call
            ? "call " + call.callee().symbol().name()
            : step.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    body.add(word);
  }

  /** The body is through. */
  void returning(Cpu on, long value) {
    cpu = on;
    result = value;
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of("takes_ns", new Value.Count(clock.getAsLong() - enteredNs)));
    if (!body.isEmpty()) {
      facts.add(Fact.of("does", String.join(", ", body)));
    }
    if (on.id() != enteredCpu) {
      facts.add(Fact.count("cpu", enteredCpu, on.id()));
    }
    scene.look(on.regs());
    scene.pool(); // what other calls have done to it since is not this call's doing
    facts.add(scene.place());
    add("the body runs, and is about to return %d".formatted(value), facts);
  }

  /** A return handler is about to run. */
  void handling(KretprobeInstance instance, PtRegs regs) {
    if (!handled) {
      arrived(regs);
    }
    handled = true;
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of("regs->" + view.resultRegister(), new Value.Word(regs.returnValue(), "")));
    facts.add(Fact.of("regs->" + view.instructionPointer(), view.word(regs.instructionPointer())));
    facts.add(Fact.of("ri->ret_addr", view.word(instance.returnAddress())));
    facts.add(Fact.of("interrupts", interrupts()));
    add("handler(ri, regs) is called with the return value", facts);
  }

  private String interrupts() {
    if (cpu.irqsEnabled()) {
      return "on";
    }
    boolean hashed = view.version().pool().locked();
    return hashed ? "off: the hash bucket of the task is locked" : "off";
  }

  private void arrived(PtRegs regs) {
    scene.arrived(regs);
    Value.Word trampoline = view.word(cpu.machine().trampoline().address());
    // The first to hook the call stored the true caller, those after it the trampoline.
    List<String> walk = new ArrayList<>();
    for (int i = followed.size() - 1; i >= 0; i--) {
      String stored = (i == 0 ? scene.caller() : trampoline).symbol();
      walk.add("%s has %s".formatted(MachineView.name(followed.get(i)), stored));
    }
    add(
        "the return lands in the trampoline, which looks for the true caller",
        Fact.of(view.instructionPointer(), trampoline),
        Fact.of(view.inFlightName(), new Value.Members(walk)),
        Fact.of("true caller", scene.caller()));
  }

  /** Something happened to the kretprobe while the call is inside. */
  void happened(OfProbe event) {
    if (event.action() == OfProbe.Action.UNREGISTER && fate == Fate.HIT) {
      fate = Fate.UNREGISTERED;
    }
    addAs(
        null,
        0,
        "%s_kretprobe(%s), while the call is still inside"
            .formatted(event.action().label(), function.name()),
        List.of(Fact.of("text", scene.state().bytes(0, MachineView.TEXT_BYTES))));
  }

  /** The call is over, and its caller goes on. */
  void finished() {
    scene.back(result);
    Fact list = scene.inFlight();
    Fact next = Fact.of(view.instructionPointer(), scene.caller());
    if (followed.isEmpty()) {
      add("it returns straight to its caller: no handler runs", next);
    } else if (fate == Fate.UNREGISTERED) {
      add("no kretprobe is left: no handler, and the caller goes on", list, next);
    } else {
      add(
          "the instance goes back %s; the caller goes on".formatted(whereTo()),
          scene.pool(),
          list,
          next);
    }
  }

  private String whereTo() {
    if (probe.registration().poolDesign().equals(PoolDesigns.OBJPOOL)) {
      return "to the ring of cpu " + cpu.id();
    }
    return view.version().compareTo(KernelVersion.V6_0) < 0
        ? "right after its handler"
        : "after the last handler";
  }

  private void add(String what, Fact... facts) {
    add(what, List.of(facts));
  }

  private void add(String what, List<Fact> facts) {
    addAs(task.toString(), cpu.id(), what, facts);
  }

  private void addAs(@Nullable String who, int where, String what, List<Fact> facts) {
    steps.add(
        new ExplainedStep(0, fate, clock.getAsLong(), where, who, what, facts, scene.state()));
  }
}
