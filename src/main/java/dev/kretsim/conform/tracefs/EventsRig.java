package dev.kretsim.conform.tracefs;

import dev.kretsim.conform.driver.Targets;
import dev.kretsim.conform.driver.VictimModule;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.memory.PlainMemory;
import dev.kretsim.probe.registry.Kprobes;
import dev.kretsim.tracefs.event.ProbeEvents;
import dev.kretsim.workload.drive.Body;
import dev.kretsim.workload.drive.Frame;
import dev.kretsim.workload.drive.Kthread;
import dev.kretsim.workload.drive.Routine;
import dev.kretsim.workload.drive.Step;
import java.util.ArrayList;
import java.util.List;

/** The machine that the tracefs recordings were made on, with what their user processes called. */
final class EventsRig {
  private static final Step HOLD = new Step.Hold();
  private static final Step EXIT = new Step.Exit();
  private static final long OWN_ARGUMENT = 5;

  final ProbeEvents events;
  private final Machine machine;
  private final Kprobes kprobes;
  private final VictimModule victim;
  private final Targets targets;
  private final Routine user;
  private final Routine sleeper;
  private final Routine dying;
  private final Routine fork;
  private final List<Kthread> asleep = new ArrayList<>();
  private int next;

  EventsRig(MachineSpec spec) {
    machine = new Machine(spec, PlainMemory::new);
    targets = new Targets(machine);
    victim = new VictimModule(machine);
    Routine inner = new Routine(machine.define("do_nanosleep", true), EventsRig::holdOnce);
    sleeper =
        new Routine(
            machine.define("hrtimer_nanosleep", true),
            frame -> frame.step() == 0 ? new Step.Call(inner, 0) : new Step.Return(0));
    dying = new Routine(machine.define("do_exit", true), frame -> EXIT);
    fork = new Routine(machine.define("kernel_clone", true), frame -> new Step.Return(1));
    user = new Routine(machine.define("do_syscall_64", true), frame -> EXIT);
    kprobes = Kprobes.boot(machine).drivenByOneThread();
    events = new ProbeEvents(machine, kprobes, () -> 0);
  }

  private static Step holdOnce(Frame frame) {
    return frame.step() == 0 ? HOLD : new Step.Return(0);
  }

  private Kthread process(String comm, Routine called, long argument) {
    Step call = new Step.Call(called, argument);
    Body main = frame -> frame.step() == 0 ? call : EXIT;
    return new Kthread(machine.newTask(comm), new Routine(user.symbol(), main));
  }

  private Cpu cpu() {
    return machine.cpu(next++ % machine.spec().onlineCpus());
  }

  /** User processes call {@code hrtimer_nanosleep}, one after the other, and sleep in it. */
  void fallAsleep(int count) {
    for (int i = 0; i < count; i++) {
      fallAsleep(process("wl", sleeper, 0));
    }
  }

  /** One process falls asleep; {@link #wake} lets it return. */
  Kthread sleeper(String comm) {
    return process(comm, sleeper, 0);
  }

  void fallAsleep(Kthread process) {
    process.resume(cpu());
    asleep.add(process);
  }

  /** The process returns, and exits. */
  void wake(Kthread process) {
    asleep.remove(process);
    run(process);
  }

  private void run(Kthread process) {
    while (process.resume(cpu()) != Kthread.Pause.EXITED) {
      // a call that is over; the next resumption ends the process
    }
  }

  void wakeAll() {
    List.copyOf(asleep).forEach(this::wake);
  }

  /** A sleep by which all have returned. */
  void sleepAndReturn(int count) {
    fallAsleep(count);
    wakeAll();
  }

  /** Processes exit one after the other; RCU's grace periods are as long as the kernel's mood. */
  void exit(int count) {
    for (int i = 0; i < count; i++) {
      run(process("wl", dying, 0));
    }
  }

  void forks(int count) {
    for (int i = 0; i < count; i++) {
      run(process("wl", fork, 0));
    }
  }

  void gracePeriod() {
    machine.rcu().synchronize(0);
  }

  void insertModule() {
    Cpu cpu = start("insmod");
    victim.load(cpu);
  }

  void removeModule() {
    Cpu cpu = start("rmmod");
    victim.unload(cpu);
  }

  void fire(int count) {
    Cpu cpu = start("sh");
    victim.fire(cpu, count);
  }

  private Cpu start(String comm) {
    Cpu cpu = cpu();
    cpu.switchTo(machine.newTask(comm));
    return cpu;
  }

  /** The driver's own task calls one of its functions. */
  void callDriver(String function) {
    Cpu cpu = start("sh");
    targets.routine(function).callNow(cpu, OWN_ARGUMENT, user);
  }

  void checkLaws() {
    kprobes.checkLaws();
  }
}
