package dev.kretsim.probe.hit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.arch.MachineCode.Variant;
import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.OopsException;
import dev.kretsim.kernel.Preemption;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.probe.Errno;
import dev.kretsim.probe.Flavour;
import dev.kretsim.probe.Kprobe;
import dev.kretsim.probe.KprobeException;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.workload.drive.Kthread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Probes in the example function, as gcc compiled it. */
class QueueRaShowTest {
  private static final long BAD = 0x10;

  /** Every version with the function as its kernels have it, and as they could have it. */
  static Stream<Arguments> compiled() {
    return Stream.of(KernelVersion.values())
        .flatMap(
            version ->
                Stream.of(Variant.values())
                    .filter(
                        variant ->
                            version == KernelVersion.V6_12
                                || variant == Variant.PLAIN
                                || variant == Variant.FTRACE)
                    .flatMap(
                        variant ->
                            Stream.of(Preemption.NONE, Preemption.FULL)
                                .map(preemption -> Arguments.of(version, variant, preemption))));
  }

  private static QueueRig rig(KernelVersion version, Variant variant, Preemption preemption) {
    return new QueueRig(version, Arch.X86_64, variant, preemption);
  }

  private static QueueRig rig(KernelVersion version, Arch arch) {
    return new QueueRig(version, arch, Variant.FTRACE, Preemption.NONE);
  }

  /** Hits of one probe. */
  private static final class Counter {
    int pre;
    int post;

    Kprobe at(String function, int offset, boolean wantsPost) {
      Kprobe probe =
          Kprobe.on(function)
              .offset(offset)
              .preHandler(
                  (hit, regs) -> {
                    pre++;
                    return 0;
                  });
      return wantsPost ? probe.postHandler((hit, regs) -> post++) : probe;
    }
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("compiled")
  void aProbeOnAnyInstructionLeavesEverythingAsItIs(
      KernelVersion version, Variant variant, Preemption preemption) {
    QueueRig rig = rig(version, variant, preemption);
    QueueRig.Outcome unprobed = rig.call();
    assertThat(unprobed.text()).isEqualTo(QueueRig.TEXT);
    assertThat(rig.cpu.regs().returnValue()).isEqualTo(QueueRig.TEXT.length());
    Map<Long, Integer> executions = rig.executions();
    int swept = 0;
    for (String function : List.of(QueueRig.SHOW, QueueRig.VAR_SHOW)) {
      for (int offset : rig.boundaries(function)) {
        for (boolean wantsPost : new boolean[] {false, true}) {
          Counter counter = new Counter();
          Kprobe probe = counter.at(function, offset, wantsPost);
          rig.kprobes.register(probe);
          String where = function + "+" + offset + " post=" + wantsPost;
          assertThat(rig.call()).as(where).isEqualTo(unprobed);
          int expected = executions.getOrDefault(probe.addr(), 0);
          assertThat(counter.pre).as(where).isEqualTo(expected);
          assertThat(counter.post).as(where).isEqualTo(wantsPost ? expected : 0);
          rig.kprobes.unregister(probe, 0);
          swept++;
        }
      }
    }
    assertThat(swept).isGreaterThan(80);
    assertThat(rig.call()).isEqualTo(unprobed);
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("compiled")
  void aJumpInPlaceOfTheBreakpointLeavesEverythingAsItIs(
      KernelVersion version, Variant variant, Preemption preemption) {
    QueueRig rig = rig(version, variant, preemption);
    QueueRig.Outcome unprobed = rig.call();
    Map<Long, Integer> executions = rig.executions();
    int optimized = 0;
    for (String function : List.of(QueueRig.SHOW, QueueRig.VAR_SHOW)) {
      for (int offset : rig.boundaries(function)) {
        Counter counter = new Counter();
        Kprobe probe = counter.at(function, offset, false);
        rig.kprobes.register(probe);
        rig.kprobes.optimize();
        optimized += rig.kprobes.flavour(probe) == Flavour.OPTIMIZED ? 1 : 0;
        assertThat(rig.call()).as(function + "+" + offset).isEqualTo(unprobed);
        assertThat(counter.pre)
            .as(function + "+" + offset)
            .isEqualTo(executions.getOrDefault(probe.addr(), 0));
        rig.kprobes.unregister(probe, 0);
        assertCompiled(rig);
      }
    }
    assertThat(optimized).isGreaterThan(10);
  }

  private static void assertCompiled(QueueRig rig) {
    for (String name : List.of(QueueRig.SHOW, QueueRig.VAR_SHOW)) {
      long address = rig.symbol(name).address();
      int size = rig.symbol(name).size();
      assertThat(rig.machine.text().read(address, size))
          .isEqualTo(rig.machine.text().readCompiled(address, size));
    }
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("compiled")
  void betweenInstructionsNoProbeIsTaken(
      KernelVersion version, Variant variant, Preemption preemption) {
    QueueRig rig = rig(version, variant, preemption);
    int refused = 0;
    for (String function : List.of(QueueRig.SHOW, QueueRig.VAR_SHOW)) {
      List<Integer> boundaries = rig.boundaries(function);
      for (int offset = 0; offset < rig.symbol(function).size(); offset++) {
        if (!boundaries.contains(offset)) {
          Kprobe probe = new Counter().at(function, offset, false);
          assertThatThrownBy(() -> rig.kprobes.register(probe))
              .as(function + "+" + offset)
              .isInstanceOf(KprobeException.class)
              .extracting(refusal -> ((KprobeException) refusal).errno())
              .isEqualTo(Errno.EILSEQ);
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(50);
    assertCompiled(rig);
    assertThat(rig.call().text()).isEqualTo(QueueRig.TEXT);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("dev.kretsim.probe.Rig#kernels")
  void handlersSeeArgumentsMemoryAndTheReturnValue(KernelVersion version, Arch arch) {
    QueueRig rig = rig(version, arch);
    QueueRig.Outcome unprobed = rig.call();
    List<Long> seen = new ArrayList<>();
    Kprobe entry =
        Kprobe.on(QueueRig.SHOW)
            .preHandler(
                (probe, regs) -> {
                  long info = Cpu.current().memory().readWord(regs.argument(0) + rig.infoField);
                  seen.add(Cpu.current().memory().readWord(info + rig.pagesField));
                  return 0;
                });
    Kretprobe exit =
        Kretprobe.on(QueueRig.SHOW).handler((instance, regs) -> seen.add(regs.returnValue()));
    rig.kprobes.register(entry);
    rig.kprobes.register(exit);
    assertThat(rig.withoutLink(rig.call())).isEqualTo(rig.withoutLink(unprobed));
    assertThat(seen).containsExactly(2500L, (long) QueueRig.TEXT.length());
    rig.kprobes.checkLaws();
  }

  private static Kprobe faulting(List<Integer> asked, boolean claims) {
    return Kprobe.on(QueueRig.SHOW)
        .preHandler(
            (probe, regs) -> {
              Cpu.current().memory().readWord(BAD);
              return 0;
            })
        .faultHandler(
            (probe, regs, trap) -> {
              asked.add(trap);
              return claims;
            });
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("dev.kretsim.probe.Rig#kernels")
  void aClaimedFaultOfAHandlerLetsTheCallGoOnWhereThereAreFaultHandlers(
      KernelVersion version, Arch arch) {
    QueueRig rig = rig(version, arch);
    List<Integer> asked = new ArrayList<>();
    Kprobe probe = faulting(asked, true);
    rig.kprobes.register(probe);
    if (version.compareTo(KernelVersion.V5_14) < 0) {
      assertThat(rig.call().text()).isEqualTo(QueueRig.TEXT);
      assertThat(asked).containsExactly(14);
      assertThat(probe.nmissed()).isEqualTo(1);
    } else {
      assertThatThrownBy(rig::call)
          .isInstanceOf(OopsException.class)
          .hasMessageStartingWith(rig.task + ": " + QueueRig.SHOW + "+0x")
          .hasMessageEndingWith("page fault: address=0x10 read");
      assertThat(asked).isEmpty();
      assertThat(probe.nmissed()).isZero();
    }
    assertThat(rig.cpu.irqsEnabled()).isTrue();
    assertThat(rig.cpu.preemptible()).isTrue();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("dev.kretsim.probe.Rig#kernels")
  void anUnclaimedFaultOfAHandlerStopsTheThread(KernelVersion version, Arch arch) {
    QueueRig rig = rig(version, arch);
    List<Integer> asked = new ArrayList<>();
    Kprobe probe = faulting(asked, false);
    rig.kprobes.register(probe);
    Kthread thread = rig.thread(rig.queue);
    assertThat(thread.resume(rig.cpu)).isEqualTo(Kthread.Pause.EXITED);
    assertThat(thread.oops()).startsWith(thread.task() + ": " + QueueRig.SHOW + "+0x");
    int asks = version.compareTo(KernelVersion.V5_14) < 0 ? 1 : 0;
    assertThat(asked).hasSize(asks);
    assertThat(probe.nmissed()).isEqualTo(asks);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("dev.kretsim.probe.Rig#kernels")
  void aFaultOfAPostHandlerIsClaimedOrStopsTheThreadAsThatOfAPreHandler(
      KernelVersion version, Arch arch) {
    boolean asks = version.compareTo(KernelVersion.V5_14) < 0;
    for (boolean claims : new boolean[] {true, false}) {
      QueueRig rig = rig(version, arch);
      List<Long> bad = new ArrayList<>(List.of(BAD));
      Kprobe probe =
          Kprobe.on(QueueRig.SHOW)
              .postHandler(
                  (hit, regs) -> bad.removeIf(at -> Cpu.current().memory().readWord(at) == 0))
              .faultHandler((hit, regs, trap) -> claims);
      rig.kprobes.register(probe);
      if (asks && claims) {
        assertThat(rig.call().text()).isEqualTo(QueueRig.TEXT);
      } else {
        assertThatThrownBy(rig::call).isInstanceOf(OopsException.class);
      }
      assertThat(probe.nmissed()).isEqualTo(asks ? 1 : 0);
      assertThat(rig.cpu.preemptible()).isTrue();
      bad.clear();
      assertThat(rig.call().text()).isEqualTo(QueueRig.TEXT);
      assertThat(probe.nmissed()).as("nobody is taken for busy").isEqualTo(asks ? 1 : 0);
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("dev.kretsim.probe.Rig#kernels")
  void aBadQueueStopsTheThreadInTheFunctionAndGivesTheInstanceBack(
      KernelVersion version, Arch arch) {
    QueueRig rig = rig(version, arch);
    Kretprobe exit = Kretprobe.on(QueueRig.SHOW).maxactive(1);
    rig.kprobes.register(exit);
    Kthread thread = rig.thread(BAD);
    assertThat(thread.resume(rig.cpu)).isEqualTo(Kthread.Pause.EXITED);
    assertThat(thread.oops())
        .startsWith(thread.task() + ": " + QueueRig.SHOW + "+0x")
        .endsWith("page fault: address=0x30 read");
    rig.machine.rcu().synchronize(0); // newer kernels take it back only then
    assertThat(exit.registration().tally().flushed()).isEqualTo(1);
    assertThat(rig.call().text()).isEqualTo(QueueRig.TEXT);
    rig.kprobes.checkLaws();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("dev.kretsim.probe.Rig#kernels")
  void aFaultInAKretprobesHandlerStopsTheThreadAndTheCpuGoesOn(KernelVersion version, Arch arch) {
    boolean counts = version.compareTo(KernelVersion.V5_14) < 0;
    for (boolean onEntry : new boolean[] {true, false}) {
      QueueRig rig = rig(version, arch);
      List<Long> bad = new ArrayList<>(List.of(BAD));
      Kretprobe.Handler reader =
          (instance, regs) -> bad.removeIf(at -> Cpu.current().memory().readWord(at) == 0);
      Kretprobe older = Kretprobe.on(QueueRig.SHOW).handler((instance, regs) -> {});
      Kretprobe probe = Kretprobe.on(QueueRig.SHOW).maxactive(1);
      if (onEntry) {
        probe.entryHandler(
            (instance, regs) -> {
              reader.handle(instance, regs);
              return 0;
            });
      } else {
        probe.handler(reader);
      }
      rig.kprobes.register(older);
      rig.kprobes.register(probe);
      Kthread thread = rig.thread(rig.queue);
      assertThat(thread.resume(rig.cpu)).isEqualTo(Kthread.Pause.EXITED);
      assertThat(thread.oops()).endsWith("page fault: address=0x10 read");
      assertThat(probe.kp().nmissed()).isEqualTo(counts ? 1 : 0);
      assertThat(probe.registration().pool().free()).isEqualTo(1);
      rig.kprobes.checkLaws();
      bad.clear();
      assertThat(rig.call().text()).isEqualTo(QueueRig.TEXT);
      assertThat(probe.registration().tally().handled()).isEqualTo(onEntry ? 1 : 2);
      assertThat(rig.cpu.preemptible()).isTrue();
      rig.kprobes.checkLaws();
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("dev.kretsim.probe.Rig#kernels")
  void whenAPreHandlersPageIsMappedTheProbeIsHitAgain(KernelVersion version, Arch arch) {
    QueueRig rig = rig(version, arch);
    long unmapped = rig.machine.allocate(16) + 16;
    rig.machine.onFault((cpu, fault) -> rig.machine.allocate(16) == unmapped);
    List<Long> tries = new ArrayList<>();
    Kprobe probe =
        Kprobe.on(QueueRig.SHOW)
            .preHandler(
                (hit, regs) -> {
                  tries.add(regs.argument(0));
                  Cpu.current().memory().readWord(unmapped);
                  return 0;
                });
    rig.kprobes.register(probe);
    assertThat(rig.call().text()).isEqualTo(QueueRig.TEXT);
    assertThat(tries).containsExactly(rig.queue, rig.queue);
  }

  @ParameterizedTest
  @EnumSource
  void whenThePageIsMappedTheSteppedInstructionRunsAgainAndSoDoesThePreHandler(
      KernelVersion version) {
    assertThat(hitsWithPageMappedAtTheFault(version, Preemption.FULL, false)).isEqualTo(2);
  }

  /** Nobody is at home any more when a boosted copy or a detour runs. */
  @ParameterizedTest
  @EnumSource
  void whenThePageIsMappedABoostedCopyOrADetourGoesOnAlone(KernelVersion version) {
    assertThat(hitsWithPageMappedAtTheFault(version, Preemption.NONE, false)).isEqualTo(1);
    assertThat(hitsWithPageMappedAtTheFault(version, Preemption.FULL, true)).isEqualTo(1);
  }

  private static int hitsWithPageMappedAtTheFault(
      KernelVersion version, Preemption preemption, boolean optimize) {
    QueueRig rig = rig(version, Variant.PLAIN, preemption);
    long unmapped = rig.machine.allocate(16) + 16;
    rig.machine.onFault(
        (cpu, fault) -> {
          assertThat(rig.machine.allocate(128)).isEqualTo(unmapped);
          // Nobody is in the probe any more; a boosted copy still runs with interrupts off.
          assertThat(cpu.preemptible()).isEqualTo(preemption == Preemption.FULL);
          long info = rig.machine.data().readWord(rig.queue + rig.infoField);
          rig.machine.data().writeWord(unmapped + rig.infoField, info);
          return true;
        });
    Counter counter = new Counter();
    Kprobe probe = counter.at(QueueRig.SHOW, 0, false);
    rig.kprobes.register(probe);
    if (optimize) {
      rig.kprobes.optimize();
      assertThat(rig.kprobes.flavour(probe)).isEqualTo(Flavour.OPTIMIZED);
    }
    assertThat(rig.call(unmapped).text()).isEqualTo(QueueRig.TEXT);
    assertThat(rig.cpu.preemptible()).isTrue();
    return counter.pre;
  }

  @Test
  void withoutPreemptionCopiesAreBoostedAndWithItTheyAreStepped() {
    for (Preemption preemption : new Preemption[] {Preemption.NONE, Preemption.FULL}) {
      QueueRig rig = rig(KernelVersion.V6_12, Variant.PLAIN, preemption);
      Kprobe first = new Counter().at(QueueRig.SHOW, 0, false);
      Counter late = new Counter();
      Kprobe second = late.at(QueueRig.SHOW, 0, true);
      rig.kprobes.register(first);
      rig.kprobes.register(second);
      rig.call();
      assertThat(late.pre).isEqualTo(1);
      assertThat(late.post).isEqualTo(preemption == Preemption.NONE ? 0 : 1);
    }
  }
}
