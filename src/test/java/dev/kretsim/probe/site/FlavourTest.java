package dev.kretsim.probe.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.arch.MachineCode.Variant;
import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.Preemption;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.probe.Flavour;
import dev.kretsim.probe.Kprobe;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.hit.QueueRig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What differs between breakpoints, ftrace sites and jumps, on x86-64. */
class FlavourTest {
  private static final long CALLER = 0x1000;

  static Stream<Arguments> flavours() {
    return Stream.of(KernelVersion.values())
        .flatMap(
            version -> Stream.of(Flavour.values()).map(flavour -> Arguments.of(version, flavour)));
  }

  private static QueueRig rig(KernelVersion version, Flavour flavour) {
    return new QueueRig(
        version,
        Arch.X86_64,
        flavour == Flavour.FTRACE ? Variant.FTRACE : Variant.PLAIN,
        Preemption.FULL);
  }

  private static QueueRig plain() {
    return rig(KernelVersion.V6_12, Flavour.BREAKPOINT);
  }

  private static void arm(QueueRig rig, Kprobe probe, Flavour flavour) {
    rig.kprobes.register(probe);
    if (flavour == Flavour.OPTIMIZED) {
      rig.kprobes.optimize();
    }
    assertThat(rig.kprobes.flavour(probe)).isEqualTo(flavour);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("flavours")
  void aPreHandlerSeesTheTrapsAddressAndInterruptsOffOnlyInABreakpoint(
      KernelVersion version, Flavour flavour) {
    QueueRig rig = rig(version, flavour);
    List<Long> ips = new ArrayList<>();
    List<Boolean> irqs = new ArrayList<>();
    List<Boolean> preemptible = new ArrayList<>();
    Kprobe probe =
        Kprobe.on(QueueRig.SHOW)
            .preHandler(
                (hit, regs) -> {
                  ips.add(regs.instructionPointer());
                  irqs.add(Cpu.current().irqsEnabled());
                  preemptible.add(Cpu.current().preemptible());
                  return 0;
                });
    arm(rig, probe, flavour);
    assertThat(rig.call().text()).isEqualTo(QueueRig.TEXT);
    assertThat(ips).containsExactly(probe.addr() + 1);
    assertThat(irqs).containsExactly(flavour != Flavour.BREAKPOINT);
    assertThat(preemptible).containsExactly(false);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("flavours")
  void aRedirectionIsObeyedUnlessTheProbeIsOptimised(KernelVersion version, Flavour flavour) {
    QueueRig rig = rig(version, flavour);
    long elsewhere = rig.symbol(QueueRig.VAR_SHOW).address();
    Kprobe probe =
        Kprobe.on(QueueRig.SHOW)
            .preHandler(
                (hit, regs) -> {
                  regs.setInstructionPointer(elsewhere);
                  return 1;
                });
    arm(rig, probe, flavour);
    String redirected = Long.toUnsignedString(rig.queue) + "\n";
    assertThat(rig.call().text())
        .isEqualTo(flavour == Flavour.OPTIMIZED ? QueueRig.TEXT : redirected);
    assertThat(rig.cpu.preemptible()).isTrue();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("flavours")
  void aPostHandlerSeesTheNextInstructionAndForbidsTheJump(KernelVersion version, Flavour flavour) {
    QueueRig rig = rig(version, flavour);
    List<Long> ips = new ArrayList<>();
    Kprobe probe =
        Kprobe.on(QueueRig.SHOW).postHandler((hit, regs) -> ips.add(regs.instructionPointer()));
    rig.kprobes.register(probe);
    rig.kprobes.optimize();
    assertThat(rig.kprobes.flavour(probe))
        .isEqualTo(flavour == Flavour.FTRACE ? Flavour.FTRACE : Flavour.BREAKPOINT);
    assertThat(rig.call().text()).isEqualTo(QueueRig.TEXT);
    assertThat(ips).containsExactly(probe.addr() + (flavour == Flavour.FTRACE ? 5 : 4));
  }

  @Test
  void aSecondProbeWithAPostHandlerTurnsTheJumpBackUntilItIsGone() {
    QueueRig rig = plain();
    Kprobe first = Kprobe.on(QueueRig.SHOW);
    arm(rig, first, Flavour.OPTIMIZED);
    List<String> log = new ArrayList<>();
    Kprobe second = Kprobe.on(QueueRig.SHOW).postHandler((hit, regs) -> log.add("post"));
    rig.kprobes.register(second);
    rig.kprobes.optimize();
    assertThat(rig.kprobes.flavour(first)).isEqualTo(Flavour.BREAKPOINT);
    assertThat(rig.call().text()).isEqualTo(QueueRig.TEXT);
    assertThat(log).containsExactly("post");
    rig.kprobes.unregister(second, 0);
    rig.kprobes.optimize();
    assertThat(rig.kprobes.flavour(first)).isEqualTo(Flavour.OPTIMIZED);
    assertThat(rig.call().text()).isEqualTo(QueueRig.TEXT);
  }

  @Test
  void aProbeUnderTheJumpTurnsItBackUntilItIsGone() {
    QueueRig rig = plain();
    Kprobe first = Kprobe.on(QueueRig.SHOW);
    arm(rig, first, Flavour.OPTIMIZED);
    List<String> log = new ArrayList<>();
    Kprobe covered =
        Kprobe.on(QueueRig.SHOW)
            .offset(4)
            .preHandler(
                (hit, regs) -> {
                  log.add("covered");
                  return 0;
                });
    rig.kprobes.register(covered);
    rig.kprobes.optimize();
    assertThat(rig.kprobes.flavour(first)).isEqualTo(Flavour.BREAKPOINT);
    assertThat(rig.call().text()).isEqualTo(QueueRig.TEXT);
    assertThat(log).containsExactly("covered");
    rig.kprobes.unregister(covered, 0);
    rig.kprobes.optimize();
    assertThat(rig.kprobes.flavour(first)).isEqualTo(Flavour.OPTIMIZED);
    assertThat(rig.call().text()).isEqualTo(QueueRig.TEXT);
  }

  @Test
  void takingAnOptimisedProbeAwayPutsTheCompiledBytesBack() {
    QueueRig rig = plain();
    byte[] compiled = entryBytes(rig);
    List<Long> hits = new ArrayList<>();
    Kprobe probe =
        Kprobe.on(QueueRig.SHOW)
            .preHandler(
                (hit, regs) -> {
                  hits.add(regs.argument(0));
                  return 0;
                });
    arm(rig, probe, Flavour.OPTIMIZED);
    assertThat(entryBytes(rig)).startsWith((byte) 0xe9);
    rig.kprobes.disable(probe);
    assertThat(entryBytes(rig)).isEqualTo(compiled);
    rig.call();
    assertThat(hits).isEmpty();
    rig.kprobes.enable(probe);
    assertThat(entryBytes(rig)).startsWith((byte) 0xcc);
    rig.kprobes.optimize();
    assertThat(entryBytes(rig)).startsWith((byte) 0xe9);
    rig.call();
    assertThat(hits).hasSize(1);
    rig.kprobes.allowOptimization(false);
    assertThat(entryBytes(rig)).startsWith((byte) 0xcc).endsWith(tail(compiled));
    rig.kprobes.allowOptimization(true);
    rig.kprobes.optimize();
    rig.kprobes.unregister(probe, 0);
    assertThat(entryBytes(rig)).isEqualTo(compiled);
  }

  private static byte[] entryBytes(QueueRig rig) {
    return rig.machine.text().read(rig.symbol(QueueRig.SHOW).address(), 8);
  }

  private static byte[] tail(byte[] bytes) {
    return Arrays.copyOfRange(bytes, 1, bytes.length);
  }

  @Test
  void theListSaysHowEachProbeIsArmed() {
    QueueRig rig = plain();
    Kprobe probe = Kprobe.on(QueueRig.SHOW);
    rig.kprobes.register(probe);
    String place = "%016x  k  queue_ra_show+0x0   ".formatted(probe.addr());
    assertThat(rig.kprobes.list()).containsExactly(place);
    rig.kprobes.optimize();
    assertThat(rig.kprobes.list()).containsExactly(place + "[OPTIMIZED]");
    rig.kprobes.disable(probe);
    assertThat(rig.kprobes.list()).containsExactly(place + "[DISABLED]");

    QueueRig traced = rig(KernelVersion.V6_12, Flavour.FTRACE);
    Kretprobe exit = Kretprobe.on(QueueRig.SHOW);
    traced.kprobes.register(exit);
    assertThat(traced.kprobes.list())
        .containsExactly("%016x  r  queue_ra_show+0x0   [FTRACE]".formatted(exit.kp().addr()));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("flavours")
  void aHitInsideAHandlerOnlyExecutesItsInstructionAndIsCounted(
      KernelVersion version, Flavour flavour) {
    QueueRig rig = rig(version, flavour);
    QueueRig.Outcome unprobed = rig.call();
    long page = rig.machine.allocate(64);
    List<String> log = new ArrayList<>();
    Kprobe inner =
        Kprobe.on(QueueRig.VAR_SHOW)
            .preHandler((hit, regs) -> log.add("inner") ? 0 : 1)
            .postHandler(flavour == Flavour.OPTIMIZED ? null : (hit, regs) -> log.add("post"));
    arm(rig, inner, flavour);
    Kprobe outer =
        Kprobe.on(QueueRig.SHOW)
            .preHandler(
                (hit, regs) -> {
                  Cpu.Interrupted before = rig.cpu.enterInterrupt(Cpu.Context.NMI);
                  rig.cpu.regs().setArgument(1, page);
                  rig.cpu.call(rig.symbol(QueueRig.VAR_SHOW), 4711, CALLER);
                  rig.cpu.leaveInterrupt(before);
                  return 0;
                });
    rig.kprobes.register(outer);
    assertThat(rig.call()).isEqualTo(unprobed);
    assertThat(rig.machine.data().readWord(page)).isEqualTo(word("4711\n"));
    // The function itself calls it too, and nobody is at home then.
    assertThat(log.stream().filter("inner"::equals)).hasSize(1);
    assertThat(log.stream().filter("post"::equals)).hasSize(flavour == Flavour.OPTIMIZED ? 0 : 1);
    assertThat(inner.nmissed()).isEqualTo(1);
    assertThat(outer.nmissed()).isZero();
    assertThat(rig.cpu.preemptible()).isTrue();
  }

  private static long word(String text) {
    long word = 0;
    for (int i = 0; i < text.length(); i++) {
      word |= (long) text.charAt(i) << (Byte.SIZE * i);
    }
    return word;
  }

  @Test
  void aBreakpointWhoseProbeIsGoneExecutesWhatWasCompiled() {
    for (Arch arch : Arch.values()) {
      QueueRig rig = new QueueRig(KernelVersion.V6_12, arch, Variant.PLAIN, Preemption.FULL);
      QueueRig.Outcome unprobed = rig.call();
      rig.machine.text().poke(rig.symbol(QueueRig.SHOW).entryProbe(), arch.breakpoint());
      assertThat(rig.call()).as("%s", arch).isEqualTo(unprobed);
    }
  }

  @Test
  void aProbeKnowsTheBytesThatItReplaces() {
    QueueRig rig = plain();
    Kprobe probe = Kprobe.on(QueueRig.SHOW);
    byte first = entryBytes(rig)[0];
    arm(rig, probe, Flavour.OPTIMIZED);
    assertThat(probe.opcode()).containsExactly(first);
  }

  @Test
  void aJumpThatWasTakenAwayWithAllOthersHasToBeEarnedAgain() {
    QueueRig rig = plain();
    byte[] compiled = entryBytes(rig);
    Kprobe probe = Kprobe.on(QueueRig.SHOW);
    arm(rig, probe, Flavour.OPTIMIZED);
    rig.kprobes.disarmAll();
    assertThat(entryBytes(rig)).isEqualTo(compiled);
    rig.kprobes.armAll();
    assertThat(rig.kprobes.flavour(probe)).isEqualTo(Flavour.BREAKPOINT);
    assertThat(entryBytes(rig)).startsWith((byte) 0xcc).endsWith(tail(compiled));
  }
}
