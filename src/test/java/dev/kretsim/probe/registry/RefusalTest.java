package dev.kretsim.probe.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.probe.Kprobe;
import dev.kretsim.probe.KprobeException;
import dev.kretsim.probe.KprobeFlag;
import dev.kretsim.probe.Kretprobe;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which errno a refused registration gets: the first of the kernel's checks that fails. */
class RefusalTest {
  /** push %rbp; mov %rsp,%rbp; lea 1(%rdi,%rdi),%rax; pop %rbp; ret; then padding. */
  private static final String CODE = "55 4889e5 488d443f01 5d c3";

  /** {@code ud2; int3; jmp *(%rax); lret is none of ours; mov %eax,%ss}. */
  private static final String ODD = "0f0b cc ff20 8ed0 c3";

  private static final class Kernel {
    final Machine machine;
    final Kprobes kprobes;
    final Symbol code;
    final Symbol odd;
    final Symbol data;
    final Symbol traced;

    Kernel(KernelVersion version) {
      machine = new Machine(MachineSpec.of(version, Arch.X86_64, 1), RealMemory::new);
      code = machine.defineCode("code", bytes(CODE), 32, Set.of());
      odd = machine.defineCode("odd", bytes(ODD), 32, Set.of());
      data = machine.defineData("jiffies");
      traced = machine.define("traced", true);
      machine.define("secret", Set.of(Symbol.Trait.NOPROBE));
      machine.define("secret.cold", Set.of());
      machine.define("__switch_to", Set.of(Symbol.Trait.NO_RETURN_PROBE));
      kprobes = Kprobes.boot(machine).drivenByOneThread();
    }

    String tryKprobe(String symbol, int offset) {
      return outcome(() -> kprobes.register(Kprobe.on(symbol).offset(offset)));
    }

    String tryKretprobe(String symbol, int offset) {
      Kretprobe probe = Kretprobe.on(symbol);
      probe.kp().offset(offset);
      return outcome(() -> kprobes.register(probe));
    }

    String tryAddress(long address) {
      return outcome(() -> kprobes.register(new Kprobe().addr(address)));
    }
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static String outcome(Runnable registration) {
    try {
      registration.run();
      return "accepted";
    } catch (KprobeException refused) {
      return refused.errno().name();
    }
  }

  @ParameterizedTest
  @EnumSource(KernelVersion.class)
  void everyBoundaryOfAFunctionTakesAKprobeAndNothingElseDoes(KernelVersion version) {
    Set<Integer> boundaries = Set.of(0, 1, 4, 9, 10);
    for (int offset = 0; offset <= 10; offset++) {
      assertThat(new Kernel(version).tryKprobe("code", offset))
          .as("offset %d", offset)
          .isEqualTo(boundaries.contains(offset) ? "accepted" : "EILSEQ");
    }
  }

  @ParameterizedTest
  @CsvSource({"0, EILSEQ", "2, EILSEQ", "3, EOPNOTSUPP", "5, EINVAL", "7, accepted"})
  void anInstructionSaysWhyItCannotBeProbed(int offset, String expected) {
    assertThat(new Kernel(KernelVersion.V6_12).tryKprobe("odd", offset)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(KernelVersion.class)
  void anAddressInNoSymbolIsUnknownToNewKernelsAndNoTextToOldOnes(KernelVersion version) {
    boolean looks = version.compareTo(KernelVersion.V6_0) >= 0;
    Kernel kernel = new Kernel(version);
    assertThat(kernel.tryAddress(0xdead_0000L)).isEqualTo(looks ? "ENOENT" : "EINVAL");
    assertThat(kernel.tryKprobe("code", 65536)).isEqualTo(looks ? "ENOENT" : "EINVAL");
    assertThat(kernel.tryKretprobe("code", 65536)).isEqualTo("ENOENT");
  }

  @Test
  void dataAndBlacklistedTextAreRefusedAlsoUnderACompilersCloneName() {
    Kernel kernel = new Kernel(KernelVersion.V6_12);
    assertThat(kernel.tryKprobe("jiffies", 0)).isEqualTo("EINVAL");
    assertThat(kernel.tryKretprobe("jiffies", 0)).isEqualTo("EINVAL");
    assertThat(kernel.tryKprobe("secret", 0)).isEqualTo("EINVAL");
    assertThat(kernel.tryKprobe("secret.cold", 0)).isEqualTo("EINVAL");
    assertThat(kernel.tryKretprobe("secret.cold", 0)).isEqualTo("EINVAL");
  }

  @Test
  void theInsideOfAnFtraceSiteIsNoBoundary() {
    Kernel kernel = new Kernel(KernelVersion.V5_10);
    assertThat(kernel.tryKprobe("traced", 2)).isEqualTo("EILSEQ");
    assertThat(kernel.tryKprobe("traced", 0)).isEqualTo("accepted");
  }

  @Test
  void theKretprobeBlacklistIsByAddressWhichAnEndbrSlipsPast() {
    assertThat(new Kernel(KernelVersion.V6_1).tryKretprobe("__switch_to", 0)).isEqualTo("EINVAL");
    assertThat(new Kernel(KernelVersion.V6_1).tryKprobe("__switch_to", 0)).isEqualTo("accepted");
    assertThat(new Kernel(KernelVersion.V6_12).tryKretprobe("__switch_to", 0))
        .as("a bug of that kernel")
        .isEqualTo("accepted");
  }

  @Test
  void aRefusedKretprobeLeavesNothingBehind() {
    Kernel kernel = new Kernel(KernelVersion.V6_12);
    assertThat(kernel.tryKretprobe("secret", 0)).isEqualTo("EINVAL");
    assertThat(kernel.kprobes.registrations()).isEmpty();
    assertThat(kernel.kprobes.list()).isEmpty();
    kernel.kprobes.checkLaws();
  }

  @Test
  void theListShowsWhatIsWhereAndHow() {
    Kernel kernel = new Kernel(KernelVersion.V6_12);
    kernel.kprobes.register(Kprobe.on("code"));
    Kretprobe traced = Kretprobe.on("traced");
    kernel.kprobes.register(traced);
    kernel.kprobes.disable(traced.kp());
    kernel.kprobes.optimize();
    assertThat(kernel.kprobes.list())
        .anyMatch(line -> line.matches("ffffffffc0\\w+  k  code\\+0x0   \\[OPTIMIZED]"))
        .anyMatch(line -> line.matches("ffffffffc0\\w+  r  traced\\+0x4   \\[DISABLED]\\[FTRACE]"));
  }

  @Test
  void disarmingAnFtraceSiteThatGotAPostHandlerLaterFailsAsInAllKernels() {
    Kernel kernel = new Kernel(KernelVersion.V6_12);
    Kretprobe first = Kretprobe.on("traced");
    Kprobe second = Kprobe.on("traced").postHandler((probe, regs) -> {});
    kernel.kprobes.register(first);
    kernel.kprobes.register(second);
    kernel.kprobes.unregister(first, 0);
    kernel.kprobes.unregister(second, 0);
    assertThat(kernel.kprobes.warnings()).singleElement().asString().contains("traced");
    assertThat(second.addr()).isZero();
    assertThat(kernel.kprobes.list()).hasSize(1);
  }

  @Test
  void aKretprobeThatCannotBeDisarmedGoesOnAsInAllKernels() {
    Kernel kernel = new Kernel(KernelVersion.V6_12);
    Kretprobe stuck = Kretprobe.on("traced");
    Kprobe second = Kprobe.on("traced").postHandler((probe, regs) -> {});
    kernel.kprobes.register(stuck);
    kernel.kprobes.register(second);
    kernel.kprobes.unregister(second, 0);
    assertThatThrownBy(() -> kernel.kprobes.disable(stuck.kp()))
        .isInstanceOf(KprobeException.class)
        .hasMessageContaining("ftrace has another hook there");
    assertThat(stuck.kp().flags()).doesNotContain(KprobeFlag.DISABLED);
    kernel.kprobes.unregister(stuck, 0);
    assertThat(kernel.kprobes.warnings()).hasSize(1);
    assertThat(stuck.registration().alive()).isTrue();
  }

  @Test
  void aCloneOfAFunctionThatMayBeProbedMayBeProbed() {
    Machine machine =
        new Machine(MachineSpec.of(KernelVersion.V6_12, Arch.X86_64, 1), RealMemory::new);
    machine.define("open", Set.of());
    machine.define("open.cold", Set.of());
    Kprobes kprobes = Kprobes.boot(machine);
    assertThat(outcome(() -> kprobes.register(Kprobe.on("open.cold")))).isEqualTo("accepted");
  }
}
