package dev.kretsim.probe.hit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.probe.Kprobe;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.Rig;
import dev.kretsim.probe.Tally;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a hit does, on every kernel version and architecture. */
class HitPathTest {
  private Rig rig = Rig.newest();

  @AfterEach
  void theLawsHold() {
    rig.kprobes.checkLaws();
  }

  private void on(KernelVersion version, Arch arch) {
    rig = new Rig(version, arch);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("dev.kretsim.probe.Rig#kernels")
  void aReturnHandlerSeesTheValueTheFunctionReturns(KernelVersion version, Arch arch) {
    on(version, arch);
    List<Long> seen = new ArrayList<>();
    rig.kprobes.register(
        Kretprobe.on("vfs_read").handler((instance, regs) -> seen.add(regs.returnValue())));
    assertThat(rig.call(0, rig.task("a"), rig.read, 4096)).isEqualTo(4096);
    assertThat(seen).containsExactly(4096L);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("dev.kretsim.probe.Rig#kernels")
  void aCallBeyondMaxactiveIsMissedAndNeverFollowedLater(KernelVersion version, Arch arch) {
    on(version, arch);
    Kretprobe probe = rig.logging("p", rig.read, 1);
    rig.kprobes.register(probe);
    Task first = rig.task("first");
    Task second = rig.task("second");
    rig.enter(0, first, rig.read, 0);
    rig.enter(1, second, rig.read, 0);
    assertThat(probe.nmissed()).isEqualTo(1);
    assertThat(second.inFlightDepth()).isZero();

    rig.leave(0, first, 1);
    rig.leave(1, second, 2);
    assertThat(rig.log).containsExactly("enter p", "return p");
    assertThat(probe.registration().tally()).isEqualTo(new Tally(2, 1, 0, 1, 0, 0, 0, 0, 0, 1));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("dev.kretsim.probe.Rig#kernels")
  void aDecliningEntryHandlerLeavesTheReturnAddressAlone(KernelVersion version, Arch arch) {
    on(version, arch);
    Kretprobe probe =
        Kretprobe.on("vfs_read")
            .maxactive(1)
            .entryHandler((instance, regs) -> 1)
            .handler((instance, regs) -> rig.log.add("return"));
    rig.kprobes.register(probe);
    Task task = rig.task("a");
    rig.call(0, task, rig.read, 1);
    rig.call(0, task, rig.read, 1);
    assertThat(rig.log).isEmpty();
    assertThat(probe.nmissed()).isZero();
    assertThat(probe.registration().tally().declined()).isEqualTo(2);
    assertThat(probe.registration().pool().free()).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("dev.kretsim.probe.Rig#kernels")
  void entryHandlersRunNewestFirstAndReturnHandlersOldestFirst(KernelVersion version, Arch arch) {
    on(version, arch);
    for (String name : List.of("1", "2", "3")) {
      rig.kprobes.register(rig.logging(name, rig.read, 4));
    }
    rig.call(0, rig.task("a"), rig.read, 1);
    assertThat(rig.log)
        .containsExactly("enter 3", "enter 2", "enter 1", "return 1", "return 2", "return 3");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("dev.kretsim.probe.Rig#kernels")
  void theInnermostLevelsOfARecursionAreMissed(KernelVersion version, Arch arch) {
    on(version, arch);
    Kretprobe probe = rig.logging("p", rig.read, 2);
    rig.kprobes.register(probe);
    Task task = rig.task("a");
    for (int level = 0; level < 5; level++) {
      rig.enter(0, task, rig.read, level);
    }
    assertThat(probe.nmissed()).isEqualTo(3);
    for (int level = 4; level >= 0; level--) {
      assertThat(rig.leave(0, task, level)).isEqualTo(level);
      assertThat(task.inFlightDepth()).isEqualTo(Math.min(level, 2));
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("dev.kretsim.probe.Rig#kernels")
  void aCallMayReturnOnAnotherCpu(KernelVersion version, Arch arch) {
    on(version, arch);
    Kretprobe probe = rig.logging("p", rig.read, 1);
    rig.kprobes.register(probe);
    Task task = rig.task("a");
    for (int i = 0; i < 10; i++) {
      rig.enter(i % 2, task, rig.read, 0);
      rig.leave((i + 1) % 2, task, 0);
    }
    assertThat(probe.nmissed()).isZero();
    assertThat(probe.registration().tally().handled()).isEqualTo(10);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("dev.kretsim.probe.Rig#kernels")
  void callsInFlightReturnWithoutAHandlerAfterUnregistration(KernelVersion version, Arch arch) {
    on(version, arch);
    Kretprobe gone = rig.logging("gone", rig.read, 2);
    Kretprobe stays = rig.logging("stays", rig.read, 2);
    rig.kprobes.register(gone);
    rig.kprobes.register(stays);
    Task task = rig.task("a");
    rig.enter(0, task, rig.read, 0);
    rig.kprobes.unregister(gone, 1);
    assertThat(rig.leave(0, task, 7)).isEqualTo(7);
    assertThat(rig.log).containsExactly("enter stays", "enter gone", "return stays");
    assertThat(gone.registration().tally().orphaned()).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("dev.kretsim.probe.Rig#kernels")
  void aTaskThatDiesInsideGivesItsInstancesBack(KernelVersion version, Arch arch) {
    on(version, arch);
    Kretprobe probe = rig.logging("p", rig.read, 2);
    rig.kprobes.register(probe);
    Task task = rig.task("a");
    rig.enter(0, task, rig.read, 0);
    rig.enter(0, task, rig.read, 0);
    rig.cpu(0).exitTask();
    boolean atOnce = version.compareTo(KernelVersion.V6_0) < 0;
    assertThat(probe.registration().pool().free()).isEqualTo(atOnce ? 2 : 0);
    rig.kprobes.checkLaws();
    rig.machine.rcu().synchronize(1);
    assertThat(probe.registration().tally().flushed()).isEqualTo(2);
    assertThat(probe.registration().pool().free()).isEqualTo(2);
    assertThat(rig.log).doesNotContain("return p");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("dev.kretsim.probe.Rig#kernels")
  void aHitInsideAHandlerIsSkippedAndCountsOnEveryProbeThere(KernelVersion version, Arch arch) {
    on(version, arch);
    Kretprobe inner = rig.logging("inner", rig.write, 4);
    Kretprobe disabled = rig.logging("disabled", rig.write, 4);
    Kretprobe outer =
        Kretprobe.on("vfs_read")
            .handler((instance, regs) -> rig.call(0, Task.current(), rig.write, 1));
    rig.kprobes.register(inner);
    rig.kprobes.register(disabled);
    rig.kprobes.disable(disabled.kp());
    rig.kprobes.register(outer);
    rig.call(0, rig.task("a"), rig.read, 1);
    assertThat(rig.log).isEmpty();
    assertThat(inner.kp().nmissed()).isEqualTo(1);
    assertThat(disabled.kp().nmissed()).isEqualTo(1);
    assertThat(inner.nmissed()).isZero();
    assertThat(inner.registration().tally().nested()).isEqualTo(1);
    assertThat(disabled.registration().tally().nested()).isZero();
  }

  @Test
  void withRethooksOnlyTheNewestProbeSeesTheTrueCaller() {
    on(KernelVersion.V6_12, Arch.X86_64);
    assertThat(callersSeen()).containsExactly("arch_rethook_trampoline", "main");
    on(KernelVersion.V5_10, Arch.X86_64);
    assertThat(callersSeen()).containsExactly("main", "main");
    on(KernelVersion.V6_12, Arch.ARM64);
    assertThat(callersSeen()).containsExactly("main", "main");
  }

  private List<String> callersSeen() {
    List<String> callers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      rig.kprobes.register(
          Kretprobe.on("vfs_read")
              .handler(
                  (instance, regs) ->
                      callers.add(
                          rig.machine
                              .symbols()
                              .at(instance.returnAddress())
                              .orElseThrow()
                              .name())));
    }
    rig.call(0, rig.task("a"), rig.read, 1);
    return callers;
  }

  @Test
  void aPreHandlerThatRedirectsEndsTheChainAndTheFunctionIsNotRun() {
    Kprobe redirecting =
        Kprobe.on("vfs_read")
            .preHandler(
                (probe, regs) -> {
                  regs.setReturnValue(0xdead);
                  return 1;
                })
            .postHandler((probe, regs) -> rig.log.add("post"));
    Kretprobe older = rig.logging("older", rig.read, 1);
    Kretprobe newer = rig.logging("newer", rig.read, 1);
    rig.kprobes.register(older);
    rig.kprobes.register(redirecting);
    rig.kprobes.register(newer);
    assertThat(rig.call(0, rig.task("a"), rig.read, 1)).isEqualTo(0xdead);
    assertThat(rig.log).containsExactly("enter newer", "return newer");
    assertThat(older.nmissed() + older.kp().nmissed()).isZero();
  }

  @Test
  void postHandlersRunInTheOrderOfTheirPreHandlers() {
    for (String name : List.of("1", "2")) {
      rig.kprobes.register(
          Kprobe.on("vfs_read")
              .preHandler(
                  (probe, regs) -> {
                    rig.log.add("pre " + name);
                    return 0;
                  })
              .postHandler((probe, regs) -> rig.log.add("post " + name)));
    }
    rig.call(0, rig.task("a"), rig.read, 1);
    assertThat(rig.log).containsExactly("pre 2", "pre 1", "post 2", "post 1");
  }

  @Test
  void dataIsKeptFromEntryToReturnAndNotClearedBetweenCalls() {
    List<Long> found = new ArrayList<>();
    rig.kprobes.register(
        Kretprobe.on("vfs_read")
            .maxactive(1)
            .dataSize(8)
            .entryHandler(
                (instance, regs) -> {
                  found.add(instance.dataWord(0));
                  instance.setDataWord(0, regs.argument(0));
                  return 0;
                })
            .handler((instance, regs) -> found.add(instance.dataWord(0))));
    Task task = rig.task("a");
    rig.enter(0, task, rig.read, 11);
    rig.leave(0, task, 0);
    rig.enter(0, task, rig.read, 22);
    rig.leave(0, task, 0);
    assertThat(found).containsExactly(0L, 11L, 11L, 22L);
  }

  @Test
  void aDisabledProbeSeesNothingButCallsAlreadyInsideStillReturnToIt() {
    Kretprobe probe = rig.logging("p", rig.read, 2);
    rig.kprobes.register(probe);
    Task inside = rig.task("inside");
    rig.enter(0, inside, rig.read, 0);
    rig.kprobes.disable(probe.kp());
    rig.call(1, rig.task("later"), rig.read, 0);
    rig.leave(0, inside, 0);
    assertThat(rig.log).containsExactly("enter p", "return p");
    rig.kprobes.enable(probe.kp());
    rig.call(1, rig.task("again"), rig.read, 0);
    assertThat(rig.log).hasSize(4);
  }

  @Test
  void returnHandlersOfTheHlistKernelsRunWithInterruptsOff() {
    for (KernelVersion version : KernelVersion.values()) {
      on(version, Arch.X86_64);
      List<Boolean> enabled = new ArrayList<>();
      rig.kprobes.register(
          Kretprobe.on("vfs_read")
              .handler((instance, regs) -> enabled.add(rig.cpu(0).irqsEnabled())));
      rig.call(0, rig.task("a"), rig.read, 0);
      boolean off = version.compareTo(KernelVersion.V5_10) <= 0;
      assertThat(enabled).as(version.label()).containsExactly(!off);
      assertThat(rig.cpu(0).irqsEnabled()).isTrue();
    }
  }
}
