package dev.kretsim.probe.hit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelBugException;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.Rig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Hits in interrupts and NMIs, inside functions and inside handlers. */
class ContextTest {
  private final List<String> seen = new ArrayList<>();

  private void noteState(Rig rig, String what) {
    Cpu cpu = rig.cpu(0);
    seen.add(what + " " + cpu.context() + (cpu.irqsEnabled() ? "" : " irqs off"));
  }

  private Kretprobe noting(Rig rig, String function) {
    return Kretprobe.on(function)
        .maxactive(4)
        .entryHandler(
            (ri, regs) -> {
              noteState(rig, "entry");
              return 0;
            })
        .handler((ri, regs) -> noteState(rig, "return"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("dev.kretsim.probe.Rig#kernels")
  void anInterruptInsideAFollowedCallTakesAnotherInstance(KernelVersion version, Arch arch) {
    Rig rig = new Rig(version, arch);
    Kretprobe probe = rig.logging("p", rig.read, 2);
    rig.kprobes.register(probe);
    Task task = rig.task("a");
    rig.enter(0, task, rig.read, 0);
    Cpu.Interrupted before = rig.cpu(0).enterInterrupt(Cpu.Context.HARDIRQ);
    rig.call(0, task, rig.read, 7);
    assertThat(task.inFlightDepth()).isEqualTo(1);
    rig.cpu(0).leaveInterrupt(before);
    rig.leave(0, task, 1);
    assertThat(probe.registration().tally().handled()).isEqualTo(2);
    assertThat(rig.cpu(0).irqsEnabled()).isTrue();
    rig.kprobes.checkLaws();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("dev.kretsim.probe.Rig#kernels")
  void anNmiIsFollowedByAllKernelsButTheOldestWhichCountsItAsMissed(
      KernelVersion version, Arch arch) {
    Rig rig = new Rig(version, arch);
    Kretprobe probe = rig.logging("p", rig.read, 2);
    rig.kprobes.register(probe);
    Task task = rig.task("a");
    rig.cpu(0).switchTo(task);
    Cpu.Interrupted before = rig.cpu(0).enterInterrupt(Cpu.Context.NMI);
    rig.call(0, task, rig.read, 7);
    rig.cpu(0).leaveInterrupt(before);
    boolean refused = version == KernelVersion.V5_4;
    assertThat(probe.nmissed()).isEqualTo(refused ? 1 : 0);
    assertThat(probe.registration().tally().nmi()).isEqualTo(refused ? 1 : 0);
    assertThat(probe.registration().pool().free()).isEqualTo(2);
    rig.kprobes.checkLaws();
  }

  @ParameterizedTest
  @EnumSource(KernelVersion.class)
  void anInterruptInsideAHandlerIsSkippedAndCountedOnTheInnerProbe(KernelVersion version) {
    Rig rig = new Rig(version, Arch.X86_64);
    Kretprobe inner = rig.logging("inner", rig.write, 2);
    Kretprobe outer =
        Kretprobe.on("vfs_read")
            .entryHandler(
                (ri, regs) -> {
                  Cpu.Interrupted before = rig.cpu(0).enterInterrupt(Cpu.Context.NMI);
                  rig.call(0, Task.current(), rig.write, 1);
                  rig.cpu(0).leaveInterrupt(before);
                  return 0;
                });
    rig.kprobes.register(inner);
    rig.kprobes.register(outer);
    rig.call(0, rig.task("a"), rig.read, 5);
    assertThat(inner.kp().nmissed()).isEqualTo(1);
    assertThat(inner.nmissed()).isZero();
    assertThat(rig.log).isEmpty();
    rig.kprobes.checkLaws();
  }

  @Test
  void handlersSeeTheInterruptStateOfTheirFlavour() {
    Rig rig = new Rig(KernelVersion.V6_12, Arch.X86_64);
    rig.kprobes.register(noting(rig, "vfs_read"));
    rig.kprobes.register(noting(rig, "hidden"));
    rig.call(0, rig.task("a"), rig.read, 1);
    assertThat(seen).containsExactly("entry TASK", "return TASK");
    seen.clear();
    rig.call(0, rig.task("a"), rig.hidden, 1);
    assertThat(seen).containsExactly("entry NMI irqs off", "return TASK");
    seen.clear();
    rig.kprobes.optimize();
    rig.call(0, rig.task("a"), rig.hidden, 1);
    assertThat(seen).containsExactly("entry TASK", "return TASK");
  }

  @Test
  void returnHandlersOfTheHashTableKernelsRunWithInterruptsOff() {
    Rig rig = new Rig(KernelVersion.V5_10, Arch.X86_64);
    rig.kprobes.register(noting(rig, "vfs_read"));
    rig.call(0, rig.task("a"), rig.read, 1);
    assertThat(seen).containsExactly("entry TASK", "return TASK irqs off");
  }

  @Test
  void onArm64ABreakpointIsNoNmi() {
    Rig rig = new Rig(KernelVersion.V6_12, Arch.ARM64);
    rig.kprobes.register(noting(rig, "vfs_read"));
    rig.call(0, rig.task("a"), rig.read, 1);
    assertThat(seen).containsExactly("entry TASK irqs off", "return TASK");
  }

  @Test
  void nobodyCanBePreemptedInAHandler() {
    Rig rig = Rig.newest();
    List<Boolean> preemptible = new ArrayList<>();
    rig.kprobes.register(
        Kretprobe.on("vfs_read")
            .entryHandler(
                (ri, regs) -> {
                  preemptible.add(Cpu.current().preemptible());
                  return 0;
                })
            .handler((ri, regs) -> preemptible.add(Cpu.current().preemptible())));
    rig.call(0, rig.task("a"), rig.read, 1);
    assertThat(preemptible).containsExactly(false, false);
    assertThat(rig.cpu(0).preemptible()).isTrue();
  }

  @Test
  void aReturnThatNobodyFollowsIsWhereTheKernelStops() {
    // What happens when a probe on __switch_to slips through: the stack that it hijacked is not the
    // one that comes back.
    Rig rig = Rig.newest();
    rig.kprobes.register(rig.logging("p", rig.read, 2));
    Task a = rig.task("a");
    rig.enter(0, a, rig.read, 0);
    a.truncateInFlight(0);
    assertThatThrownBy(() -> rig.leave(0, a, 0))
        .isInstanceOf(KernelBugException.class)
        .hasMessageContaining("task=a-1");
  }
}
