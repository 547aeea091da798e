package dev.kretsim.probe.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.arch.MachineCode.Variant;
import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.Preemption;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.probe.Errno;
import dev.kretsim.probe.Kprobe;
import dev.kretsim.probe.KprobeException;
import dev.kretsim.probe.KprobeFlag;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.OutOfMemoryKillException;
import dev.kretsim.probe.Rig;
import dev.kretsim.probe.hit.QueueRig;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What registration changes, and what it refuses with which errno. */
class RegistrationTest {
  private Rig rig = Rig.newest();

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("dev.kretsim.probe.Rig#kernels")
  void aProbedEntryIsPatchedUntilTheLastProbeIsGone(KernelVersion version, Arch arch) {
    rig = new Rig(version, arch);
    byte[] before = entryBytes();
    byte[] hook = arch == Arch.X86_64 ? new byte[] {(byte) 0xe8} : arch.breakpoint();
    Kretprobe first = Kretprobe.on("vfs_read");
    Kretprobe second = Kretprobe.on("vfs_read");
    rig.kprobes.register(first);
    assertThat(entryBytes()).startsWith(hook);
    rig.kprobes.register(second);
    rig.kprobes.unregister(first, 0);
    assertThat(entryBytes()).startsWith(hook);
    rig.kprobes.disable(second.kp());
    assertThat(entryBytes()).isEqualTo(before);
    rig.kprobes.enable(second.kp());
    assertThat(entryBytes()).startsWith(hook);
    rig.kprobes.unregister(second, 0);
    assertThat(entryBytes()).isEqualTo(before);
  }

  private byte[] entryBytes() {
    return rig.machine.text().read(rig.read.entryProbe(), 8);
  }

  @Test
  void withEndbrTheProbeSitsBehindItAndTheEndbrStays() {
    byte[] endbr = rig.machine.text().read(rig.read.address(), 4);
    Kretprobe probe = Kretprobe.on("vfs_read");
    rig.kprobes.register(probe);
    assertThat(probe.kp().addr()).isEqualTo(rig.read.address() + 4);
    assertThat(rig.machine.text().read(rig.read.address(), 4)).isEqualTo(endbr);
    assertThat(endbr).isEqualTo(new byte[] {(byte) 0xf3, 0x0f, 0x1e, (byte) 0xfa});
  }

  @Test
  void theDefaultMaxactiveIsWrittenBack() {
    Kretprobe probe = Kretprobe.on("vfs_read").maxactive(-1);
    rig.kprobes.register(probe);
    assertThat(probe.maxactive()).isEqualTo(10);
    rig = new Rig(KernelVersion.V5_10, Arch.X86_64);
    Kretprobe old = Kretprobe.on("vfs_read");
    rig.kprobes.register(old);
    assertThat(old.maxactive()).isEqualTo(2);
  }

  @Test
  void flagsSayWhereTheProbeSits() {
    Kretprobe traced = Kretprobe.on("vfs_read");
    Kretprobe hidden = Kretprobe.on("hidden");
    rig.kprobes.register(traced);
    rig.kprobes.register(hidden);
    assertThat(traced.kp().flags()).containsExactly(KprobeFlag.FTRACE, KprobeFlag.ON_FUNC_ENTRY);
    assertThat(hidden.kp().flags()).containsExactly(KprobeFlag.ON_FUNC_ENTRY);
    rig.kprobes.unregister(traced, 0);
    assertThat(traced.kp().flags()).contains(KprobeFlag.DISABLED);
  }

  @Test
  void whatTheKernelRefusesIsRefusedWithItsErrno() {
    assertThat(errnoOf(Kretprobe.on("no_such_function"))).isEqualTo(Errno.ENOENT);
    assertThat(errnoOf(Kretprobe.on("vfs_read").dataSize(4097))).isEqualTo(Errno.E2BIG);
    assertThat(errnoOf(Kretprobe.on("no_such_function").dataSize(4097))).isEqualTo(Errno.ENOENT);
    assertThat(errnoOf(Kretprobe.on("vfs_read").maxactive((1 << 24) + 1))).isEqualTo(Errno.ENOMEM);
    assertThat(errnoOf(new Kretprobe())).isEqualTo(Errno.EINVAL);
    assertThat(errnoOf(Kretprobe.on("arch_rethook_trampoline"))).isEqualTo(Errno.EINVAL);
    Kretprobe both = Kretprobe.on("vfs_read");
    both.kp().addr(rig.read.address());
    assertThat(errnoOf(both)).isEqualTo(Errno.EINVAL);
    Kretprobe inside = Kretprobe.on("vfs_read");
    inside.kp().offset(8);
    assertThat(errnoOf(inside)).isEqualTo(Errno.EINVAL);
    Kretprobe nowhere = new Kretprobe();
    nowhere.kp().addr(0x1000);
    assertThat(errnoOf(nowhere)).isEqualTo(Errno.ENOENT);
  }

  /** As recorded of 5.10 with 1 GiB of instances; {@code lib/objpool.c} is what has a limit. */
  @Test
  void listsTakeMoreInstancesThanObjpoolMay() {
    int beyond = (1 << 24) + 1;
    Rig old = new Rig(KernelVersion.V5_10, Arch.X86_64);
    Kretprobe probe = Kretprobe.on("vfs_read").maxactive(beyond);
    old.kprobes.register(probe);
    assertThat(probe.registration().pool().free()).isEqualTo(beyond);
    Kretprobe tooMany = Kretprobe.on("vfs_read").maxactive(Integer.MAX_VALUE);
    assertThatThrownBy(() -> old.kprobes.register(tooMany))
        .isInstanceOf(OutOfMemoryKillException.class)
        .hasMessageContaining("maxactive must be <= 2147483584: maxactive=2147483647");
  }

  @Test
  void aPoolThatTheHeapHasNoRoomForKillsTheProcessInTheKernelsWithLists() {
    Rig old = new Rig(KernelVersion.V5_10, Arch.X86_64);
    Kretprobe tooMany = Kretprobe.on("vfs_read").maxactive(1_500_000_000);
    assertThatThrownBy(() -> old.kprobes.register(tooMany))
        .isInstanceOf(OutOfMemoryKillException.class)
        .hasMessageContaining("the heap is too small for the pool")
        .hasCauseInstanceOf(OutOfMemoryError.class);
  }

  private Errno errnoOf(Kretprobe probe) {
    try {
      rig.kprobes.register(probe);
    } catch (KprobeException refused) {
      return refused.errno();
    }
    throw new AssertionError("was not refused: " + probe.kp().symbolName());
  }

  @Test
  void anUnregisteredProbeCannotBeDisabledOrEnabled() {
    Kretprobe probe = Kretprobe.on("vfs_read");
    assertThatThrownBy(() -> rig.kprobes.disable(probe.kp()))
        .isInstanceOf(KprobeException.class)
        .hasMessage("EINVAL: not registered: vfs_read");
    assertThatThrownBy(() -> rig.kprobes.enable(probe.kp())).isInstanceOf(KprobeException.class);
  }

  @Test
  void theSameObjectIsRefusedUntilItsAddressIsClearedAndIsThenDisabledUntilItsFlagsAre() {
    Kretprobe probe = rig.logging("p", rig.read, 1);
    rig.kprobes.register(probe);
    assertThat(errnoOf(probe)).isEqualTo(Errno.EINVAL);
    rig.kprobes.unregister(probe, 0);
    assertThat(errnoOf(probe)).isEqualTo(Errno.EINVAL);
    probe.kp().addr(0);
    rig.kprobes.register(probe);
    rig.call(0, rig.task("a"), rig.read, 1);
    assertThat(rig.log).isEmpty();
    rig.kprobes.unregister(probe, 0);
    probe.kp().reset();
    rig.kprobes.register(probe);
    rig.call(0, rig.task("a"), rig.read, 1);
    assertThat(rig.log).containsExactly("enter p", "return p");
  }

  @Test
  void theGlobalSwitchTakesBreakpointsAwayAndLeavesFlagsAlone() {
    byte[] unprobed = entryBytes();
    Kretprobe before = rig.logging("before", rig.read, 1);
    Kretprobe disabled = rig.logging("disabled", rig.write, 1);
    rig.kprobes.register(before);
    rig.kprobes.register(disabled);
    rig.kprobes.disable(disabled.kp());
    rig.kprobes.disarmAll();
    assertThat(entryBytes()).isEqualTo(unprobed);
    Kretprobe meanwhile = rig.logging("meanwhile", rig.read, 1);
    rig.kprobes.register(meanwhile);
    rig.call(0, rig.task("a"), rig.read, 1);
    assertThat(rig.log).isEmpty();
    assertThat(before.kp().flags()).doesNotContain(KprobeFlag.DISABLED);

    rig.kprobes.enable(disabled.kp());
    rig.kprobes.armAll();
    rig.call(0, rig.task("a"), rig.read, 1);
    rig.call(0, rig.task("a"), rig.write, 1);
    assertThat(rig.log)
        .containsExactly("enter meanwhile", "enter before", "return before", "return meanwhile");
  }

  @Test
  void anArrayIsRegisteredWholeOrNotAtAll() {
    Kretprobe good = rig.logging("good", rig.read, 1);
    Kretprobe bad = Kretprobe.on("no_such_function");
    assertThatThrownBy(() -> rig.kprobes.registerAll(Arrays.asList(good, bad), 0))
        .isInstanceOf(KprobeException.class)
        .hasMessageContaining("no_such_function");
    rig.call(0, rig.task("a"), rig.read, 1);
    assertThat(rig.log).isEmpty();
    assertThatThrownBy(() -> rig.kprobes.registerAll(List.of(), 0))
        .isInstanceOf(KprobeException.class);
  }

  @Test
  void aNewRegistrationStartsWithAFullPoolAndNoMisses() {
    Kretprobe probe = rig.logging("p", rig.read, 1);
    rig.kprobes.register(probe);
    rig.enter(0, rig.task("stays inside"), rig.read, 0);
    rig.call(1, rig.task("missed"), rig.read, 0);
    assertThat(probe.nmissed()).isEqualTo(1);
    rig.kprobes.unregister(probe, 0);
    probe.kp().reset();
    rig.kprobes.register(probe);
    assertThat(probe.nmissed()).isZero();
    assertThat(probe.registration().pool().free()).isEqualTo(1);
    rig.kprobes.checkLaws();
  }

  @Test
  void anArrayOfKprobesIsRegisteredWholeOrNotAtAll() {
    Kprobe good = Kprobe.on("vfs_read").preHandler((hit, regs) -> rig.log.add("good") ? 0 : 1);
    Kprobe bad = Kprobe.on("no_such_function");
    assertThatThrownBy(() -> rig.kprobes.registerAllKprobes(List.of(good, bad), 0))
        .isInstanceOf(KprobeException.class)
        .hasMessageContaining("no_such_function");
    rig.call(0, rig.task("a"), rig.read, 1);
    assertThat(rig.log).isEmpty();
    rig.kprobes.registerAllKprobes(List.of(good.reset(), Kprobe.on("hidden")), 0);
    rig.call(0, rig.task("a"), rig.read, 1);
    assertThat(rig.log).containsExactly("good");
    assertThat(rig.kprobes.list()).hasSize(2);
    rig.kprobes.registerAll(List.of(Kretprobe.on("vfs_write"), Kretprobe.on("hidden")), 0);
    assertThat(rig.kprobes.list()).hasSize(4);
  }

  @Test
  void allRegistrationsAreKnownOldestFirstAlsoWhenTheyAreOver() {
    Kretprobe first = Kretprobe.on("vfs_read");
    Kretprobe second = Kretprobe.on("vfs_read");
    rig.kprobes.register(first);
    rig.kprobes.register(second);
    rig.kprobes.unregister(first, 0);
    assertThat(rig.kprobes.registrations())
        .containsExactly(first.registration(), second.registration());
    assertThat(first.registration().poolDesign()).isEqualTo(KernelVersion.newest().pool());
  }

  @Test
  void unregistrationWaitsForWhoeverMayStillBeInAHandler() {
    Kprobe kprobe = Kprobe.on("vfs_read");
    Kretprobe kretprobe = Kretprobe.on("vfs_read");
    rig.kprobes.register(kprobe);
    rig.kprobes.register(kretprobe);
    rig.machine.rcu().later(cpu -> rig.log.add("waited for the kprobe on " + cpu));
    rig.kprobes.unregister(kprobe, 1);
    rig.machine
        .rcu()
        .later(cpu -> rig.log.add("waited, alive=" + kretprobe.registration().alive()));
    rig.kprobes.unregister(kretprobe, 0);
    assertThat(rig.log).containsExactly("waited for the kprobe on 1", "waited, alive=true");
    rig.machine.rcu().later(cpu -> rig.log.add("never"));
    rig.kprobes.unregister(kprobe, 0);
    rig.kprobes.unregister(kretprobe, 0);
    assertThat(rig.log).as("nothing happens if it is not registered").hasSize(2);
  }

  @Test
  void aRefusedKretprobesPoolIsGivenUp() {
    Kretprobe refused = Kretprobe.on("arch_rethook_trampoline");
    assertThat(errnoOf(refused)).isEqualTo(Errno.EINVAL);
    assertThat(refused.registration().alive()).isFalse();
    refused.registration().checkLaws();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("dev.kretsim.probe.Rig#kernels")
  void callsInFlightComeHomeHoweverOftenTheProbeIsRegisteredMeanwhile(
      KernelVersion version, Arch arch) {
    rig = new Rig(version, arch);
    Kretprobe probe = rig.logging("p", rig.read, 3);
    for (int call = 0; call < 4; call++) {
      rig.kprobes.register(probe);
      Task inside = rig.task("inside");
      rig.enter(0, inside, rig.read, 0);
      rig.kprobes.unregister(probe, 1);
      probe.kp().reset();
      rig.kprobes.register(probe);
      rig.call(0, rig.task("passes"), rig.read, 3);
      rig.kprobes.unregister(probe, 1);
      probe.kp().reset();
      assertThat(rig.leave(0, inside, 7)).isEqualTo(7);
      rig.kprobes.checkLaws();
    }
    assertThat(rig.log.stream().filter("return p"::equals)).hasSize(4);
  }

  @Test
  void addressAndOffsetAddUp() {
    rig = new Rig(KernelVersion.V5_10, Arch.X86_64);
    long entry = rig.read.address();
    Kretprobe kretprobe = new Kretprobe();
    kretprobe.kp().addr(entry - 8).offset(8);
    rig.kprobes.register(kretprobe);
    Kprobe kprobe = new Kprobe().addr(entry - 8).offset(8);
    rig.kprobes.register(kprobe);
    assertThat(kretprobe.kp().addr()).isEqualTo(entry);
    assertThat(kprobe.addr()).isEqualTo(entry);
  }

  @Test
  void aPageOfDataAndAZeroAreTheEndsOfWhatAnInstanceMayCarry() {
    rig.kprobes.register(Kretprobe.on("vfs_read").dataSize(4096));
    rig.kprobes.register(Kretprobe.on("vfs_read").dataSize(0));
    assertThat(errnoOf(Kretprobe.on("vfs_read").dataSize(-1))).isEqualTo(Errno.E2BIG);
  }

  @Test
  void instancesOfAHugePoolAreThereWhenTheyAreTaken() {
    rig = new Rig(KernelVersion.V5_10, Arch.X86_64);
    Kretprobe probe = rig.logging("p", rig.read, 70_000);
    rig.kprobes.register(probe);
    assertThat(rig.call(0, rig.task("a"), rig.read, 5)).isEqualTo(5);
    assertThat(rig.log).containsExactly("enter p", "return p");
    rig.kprobes.checkLaws();
  }

  @Test
  void probesThatComeAndGoNeedNoMoreSlots() {
    QueueRig compiled =
        new QueueRig(KernelVersion.V6_12, Arch.X86_64, Variant.PLAIN, Preemption.FULL);
    compiled.kprobes.register(Kprobe.on(QueueRig.SHOW));
    long before = compiled.machine.allocateExecutable(16);
    for (int i = 0; i < 1000; i++) {
      Kprobe probe = Kprobe.on(QueueRig.VAR_SHOW);
      compiled.kprobes.register(probe);
      compiled.kprobes.unregister(probe, 0);
    }
    assertThat(compiled.machine.allocateExecutable(16) - before).isLessThan(4096);
  }

  @Test
  void aProbeEnabledWhileAllAreDisarmedIsArmedWithTheOthersIfItIsNotAlone() {
    Kretprobe first = rig.logging("first", rig.read, 1);
    Kretprobe second = rig.logging("second", rig.read, 1);
    rig.kprobes.register(first);
    rig.kprobes.register(second);
    rig.kprobes.disable(first.kp());
    rig.kprobes.disarmAll();
    rig.kprobes.enable(first.kp());
    rig.kprobes.armAll();
    rig.call(0, rig.task("a"), rig.read, 1);
    assertThat(rig.log).contains("enter first", "enter second");
  }

  @Test
  void aTaskThatDiedInsideHasNoCallsInFlight() {
    rig = new Rig(KernelVersion.V5_10, Arch.X86_64);
    rig.kprobes.register(rig.logging("p", rig.read, 2));
    Task task = rig.task("a");
    rig.enter(0, task, rig.read, 0);
    rig.cpu(0).exitTask();
    assertThat(task.inFlightDepth()).isZero();
  }

  @Test
  void onlyACopyIsSteppedOutOfLine() {
    QueueRig compiled =
        new QueueRig(KernelVersion.V6_12, Arch.X86_64, Variant.PLAIN, Preemption.FULL);
    Kprobe stepped = Kprobe.on(QueueRig.SHOW);
    compiled.kprobes.register(stepped);
    assertThat(compiled.kprobes.stepsOutOfLine(stepped)).isTrue();
    Kprobe traced = Kprobe.on("vfs_read");
    rig.kprobes.register(traced);
    assertThat(rig.kprobes.stepsOutOfLine(traced)).isFalse();
  }
}
