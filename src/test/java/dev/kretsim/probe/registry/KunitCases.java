package dev.kretsim.probe.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.arch.PtRegs;
import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.probe.Kprobe;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.workload.drive.Body;
import dev.kretsim.workload.drive.Frame;
import dev.kretsim.workload.drive.Routine;
import dev.kretsim.workload.drive.Step;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The cases of the kernel's own suite, {@code lib/tests/test_kprobes.c}, and of the start-up test
 * of its kprobe events, on a machine with the functions that they probe.
 *
 * <p>A case runs on CPU 1. CPU 0 may be calling the same functions at the same time: handlers that
 * it runs into leave the case's variables alone.
 */
final class KunitCases {
  /** The CPU that cases run on. */
  static final int HERE = 1;

  /** The CPU that only calls what is probed. */
  static final int THERE = 0;

  final Machine machine;
  final Kprobes kprobes;
  private final boolean traceable;
  private final boolean resolvesHijacked;
  private final Routine main;
  private final Routine target;
  private final Routine target2;
  private final Routine recursion;
  private final Routine summing;
  private final Routine busyTarget;
  private final Routine inner;
  private final Routine traced;
  private final Routine driver;
  private final StackTrace unwinder;
  private final Kretprobe busy;
  private final Task[] tasks;
  private final long value;
  private long preh;
  private long posth;
  private long krph;
  private long afterTraced;
  private long afterInner;
  private boolean callsInner;
  private int hits;

  /**
   * @param traceable whether ftrace has a site in the functions, which probes then go through
   */
  KunitCases(KernelVersion version, Arch arch, PoolDesign pool, boolean traceable, long seed) {
    this.traceable = traceable;
    this.resolvesHijacked = version.compareTo(KernelVersion.V6_0) >= 0;
    value = new SplittableRandom(seed).nextLong(4, 1L << Integer.SIZE);
    machine = new Machine(MachineSpec.of(version, arch, 2), RealMemory::new);
    main = define("kprobes_test", frame -> new Step.Return(0));
    target = define("target", frame -> new Step.Return(frame.argument() / 3));
    target2 = define("target2", frame -> new Step.Return(frame.argument() / 3 + 1));
    recursion = define("recursion_target", frame -> new Step.Return(frame.argument() / 3));
    summing = define("summing_target", frame -> new Step.Return(sumOfArguments()));
    busyTarget = define("busy_target", frame -> new Step.Return(frame.argument()));
    inner = define("inner_target", frame -> new Step.Return(innerBody()));
    traced = define("traced_target", this::tracedBody);
    driver = define("driver", this::driverBody);
    kprobes = Kprobes.boot(machine, pool, LockDesigns.QUEUED);
    unwinder = new StackTrace(kprobes, machine);
    tasks = new Task[] {machine.newTask("cpu0"), machine.newTask("kunit")};
    busy = Kretprobe.on("busy_target").handler((instance, regs) -> assertNotPreemptible());
    kprobes.register(busy);
  }

  private Routine define(String name, Body body) {
    return new Routine(machine.define(name, traceable), body);
  }

  /** From now on, the calling thread drives that CPU. */
  void switchTo(int cpu) {
    machine.cpu(cpu).switchTo(tasks[cpu]);
  }

  /** Where the running function will return to, as long as nobody follows the call. */
  private static long returnAddress() {
    Task task = Task.current();
    return task.readWord(task.stackPointer());
  }

  private static boolean here() {
    return Cpu.current().id() == HERE;
  }

  private long innerBody() {
    if (here() && afterInner == 0) {
      afterInner = returnAddress();
    }
    return afterInner;
  }

  private Step tracedBody(Frame frame) {
    if (here() && afterTraced == 0) {
      afterTraced = returnAddress();
    }
    return here() && callsInner && frame.step() == 0
        ? new Step.Call(inner, 0)
        : new Step.Return(afterTraced);
  }

  private Step driverBody(Frame frame) {
    return frame.step() == 0 ? new Step.Call(traced, 0) : new Step.Return(returnAddress());
  }

  private static long sumOfArguments() {
    PtRegs regs = Cpu.current().regs();
    long sum = 0;
    for (int n = 0; n < 6; n++) {
      sum += regs.argument(n);
    }
    return sum;
  }

  /** Calls everything that is probed once: what CPU 0 does all the time. */
  void callEverything() {
    Cpu cpu = machine.cpu(THERE);
    for (Routine routine : List.of(busyTarget, target, target2, recursion, driver)) {
      routine.callNow(cpu, value, main);
    }
  }

  private long call(Routine routine) {
    return routine.callNow(machine.cpu(HERE), value, main);
  }

  private void assertNotPreemptible() {
    assertThat(Cpu.current().preemptible()).isFalse();
  }

  private Kprobe first(String symbol) {
    return Kprobe.on(symbol)
        .preHandler(
            (probe, regs) -> {
              assertNotPreemptible();
              if (here()) {
                preh = call(recursion);
              }
              return 0;
            })
        .postHandler(
            (probe, regs) -> {
              assertNotPreemptible();
              if (here()) {
                assertThat(preh).isEqualTo(call(recursion));
                posth = preh + 3;
              }
            });
  }

  private Kprobe second() {
    return Kprobe.on("target2")
        .preHandler(
            (probe, regs) -> {
              if (here()) {
                preh = value / 3 + 1;
              }
              return 0;
            })
        .postHandler(
            (probe, regs) -> {
              if (here()) {
                assertThat(preh).isEqualTo(value / 3 + 1);
                posth = preh + 3;
              }
            });
  }

  private void assertBothHandlersRan(Routine routine) {
    preh = 0;
    posth = 0;
    call(routine);
    assertThat(preh).isNotZero();
    assertThat(posth).isEqualTo(preh + 3);
  }

  void kprobe() {
    Kprobe probe = first("target");
    kprobes.register(probe);
    assertBothHandlersRan(target);
    kprobes.unregister(probe, HERE);
  }

  void kprobes() {
    Kprobe reused = first("target");
    kprobes.register(reused);
    kprobes.unregister(reused, HERE);
    reused.reset();
    Kprobe other = second();
    kprobes.registerAllKprobes(List.of(reused, other), HERE);
    assertBothHandlersRan(target);
    assertBothHandlersRan(target2);
    kprobes.unregister(reused, HERE);
    kprobes.unregister(other, HERE);
  }

  void kprobeMissed() {
    Kprobe probe = first("recursion_target");
    kprobes.register(probe);
    assertBothHandlersRan(recursion);
    assertThat(probe.nmissed()).isEqualTo(2);
    kprobes.unregister(probe, HERE);
  }

  private Kretprobe returning(String symbol, long expected) {
    return Kretprobe.on(symbol)
        .entryHandler(
            (instance, regs) -> {
              assertNotPreemptible();
              if (here()) {
                krph = value / 3;
              }
              return 0;
            })
        .handler(
            (instance, regs) -> {
              assertNotPreemptible();
              assertThat(regs.returnValue()).isEqualTo(expected);
              if (here()) {
                assertThat(krph).isNotZero();
                krph = value;
              }
            });
  }

  private void assertReturnWasSeen(Routine routine) {
    krph = 0;
    call(routine);
    assertThat(krph).isEqualTo(value);
  }

  void kretprobe() {
    Kretprobe probe = returning("target", value / 3);
    kprobes.register(probe);
    assertReturnWasSeen(target);
    kprobes.unregister(probe, HERE);
  }

  void kretprobes() {
    Kretprobe reused = returning("target", value / 3);
    kprobes.register(reused);
    kprobes.unregister(reused, HERE);
    reused.kp().reset();
    Kretprobe other = returning("target2", value / 3 + 1);
    kprobes.registerAll(List.of(reused, other), HERE);
    assertReturnWasSeen(target);
    assertReturnWasSeen(target2);
    kprobes.unregister(reused, HERE);
    kprobes.unregister(other, HERE);
  }

  /** Runs the driver unprobed, so that the functions learn where they return to. */
  private void learnReturnAddresses(boolean nested) {
    callsInner = nested;
    assertThat(call(driver)).isEqualTo(main.returnSite()).isNotEqualTo(afterTraced);
    assertThat(afterTraced).isEqualTo(driver.returnSite());
  }

  void stackTraceOnKretprobe() {
    learnReturnAddresses(false);
    Kretprobe probe =
        Kretprobe.on("traced_target")
            .handler(
                (instance, regs) -> {
                  if (here()) {
                    assertThat(regs.returnValue()).isEqualTo(afterTraced);
                    assertTrace(main.returnSite(), afterTraced);
                  }
                });
    kprobes.register(probe);
    hits = 0;
    call(driver);
    assertThat(hits).isEqualTo(1);
    kprobes.unregister(probe, HERE);
  }

  void stackTraceOnNestedKretprobe() {
    learnReturnAddresses(true);
    assertThat(afterInner).isEqualTo(traced.returnSite());
    Kretprobe outer =
        Kretprobe.on("traced_target")
            .handler(
                (instance, regs) -> {
                  if (here()) {
                    hits += 10;
                  }
                });
    Kretprobe nested =
        Kretprobe.on("inner_target")
            .handler(
                (instance, regs) -> {
                  assertThat(regs.returnValue()).isEqualTo(afterInner);
                  assertTrace(main.returnSite(), afterInner, afterTraced);
                });
    kprobes.registerAll(List.of(outer, nested), HERE);
    hits = 0;
    call(driver);
    assertThat(hits).isEqualTo(11);
    kprobes.unregister(outer, HERE);
    kprobes.unregister(nested, HERE);
  }

  /**
   * Compares the trace from the handler's registers on.
   *
   * @param unprobed where the outermost call returns to
   * @param hijacked where the probed calls return to, innermost first
   */
  private void assertTrace(long unprobed, Long... hijacked) {
    hits++;
    List<Long> trace = unwinder.of(machine.cpu(HERE));
    Long[] shown = hijacked.clone();
    if (!resolvesHijacked) {
      Arrays.fill(shown, machine.trampoline().address());
    }
    assertThat(trace).startsWith(shown).endsWith(unprobed).hasSize(shown.length + 1);
  }

  /** The start-up test of kprobe events, without the events: one hit each. */
  void startUpTest() {
    Cpu cpu = machine.cpu(HERE);
    Kprobe entry =
        Kprobe.on("summing_target")
            .preHandler(
                (probe, regs) -> {
                  // The kretprobe is younger, so it has been here already.
                  assertThat(regs.returnAddress(cpu.memory()))
                      .isEqualTo(machine.trampoline().address());
                  hits++;
                  return 0;
                });
    Kretprobe exit =
        Kretprobe.on("summing_target")
            .handler(
                (instance, regs) -> {
                  assertThat(regs.returnValue()).isEqualTo(21);
                  hits += 10;
                });
    kprobes.register(entry);
    kprobes.register(exit);
    hits = 0;
    assertThat(callSumming(cpu)).isEqualTo(21);
    assertThat(hits).isEqualTo(11);
    kprobes.disable(entry);
    kprobes.disable(exit.kp());
    assertThat(callSumming(cpu)).isEqualTo(21);
    assertThat(hits).isEqualTo(11);
    kprobes.unregister(entry, HERE);
    kprobes.unregister(exit, HERE);
    kprobes.optimize();
    assertThat(kprobes.warnings()).isEmpty();
  }

  private long callSumming(Cpu cpu) {
    for (int n = 1; n < 6; n++) {
      cpu.regs().setArgument(n, n + 1);
    }
    return summing.callNow(cpu, 1, main);
  }

  /** Checks that all is as it was before: text, accounts, and that CPU 0 was followed. */
  void finish() {
    assertThat(busy.registration().tally().handled()).isPositive();
    kprobes.unregister(busy, HERE);
    kprobes.checkLaws();
    assertThat(kprobes.list()).isEmpty();
    assertThat(kprobes.warnings()).isEmpty();
    long start = main.symbol().address();
    int bytes = (int) (driver.symbol().address() - start) + driver.symbol().size();
    assertThat(machine.text().read(start, bytes))
        .isEqualTo(machine.text().readCompiled(start, bytes));
    for (int id : new int[] {HERE, THERE}) {
      assertThat(tasks[id].inFlightDepth()).isZero();
      assertThat(machine.cpu(id).irqsEnabled()).isTrue();
    }
  }
}
