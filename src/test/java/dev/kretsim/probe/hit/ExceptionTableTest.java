package dev.kretsim.probe.hit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.OopsException;
import dev.kretsim.kernel.Preemption;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.probe.Errno;
import dev.kretsim.probe.Flavour;
import dev.kretsim.probe.Kprobe;
import dev.kretsim.probe.KprobeException;
import dev.kretsim.probe.registry.Kprobes;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A load that may fault, as {@code get_user} has one, goes on where the exception table says. */
class ExceptionTableTest {
  private static final long CALLER = 0x1000;
  private static final long EFAULT = -14;
  private static final long USER_ADDRESS = 8;

  /** {@code mov (%rdi),%rax; nopl; ret}, and the same on arm64: the load comes first. */
  private static final String LOADS_X86 = "488b07 0f1f4000 c3";

  private static final String LOADS_ARM64 = "000040f9 c0035fd6";

  /** A kernel with that function. */
  private static final class Kernel {
    final Machine machine;
    final Symbol function;
    final Kprobes kprobes;
    int pre;
    int post;

    Kernel(MachineSpec spec, boolean inTable) {
      boolean x86 = spec.arch() == Arch.X86_64;
      byte[] code = HexFormat.of().parseHex((x86 ? LOADS_X86 : LOADS_ARM64).replace(" ", ""));
      machine = new Machine(spec, RealMemory::new);
      function = machine.defineCode("load", code, code.length, Set.of());
      if (inTable) {
        machine.fixUp(
            function.address(),
            regs -> {
              regs.setInstructionPointer(function.address() + code.length - (x86 ? 1 : 4));
              regs.setReturnValue(EFAULT);
            });
      }
      kprobes = Kprobes.boot(machine);
    }

    long load(long address) {
      machine.cpu(0).switchTo(machine.newTask("a"));
      return machine.cpu(0).call(function, address, CALLER);
    }

    Kprobe probe(boolean wantsPost) {
      Kprobe probe =
          Kprobe.on("load")
              .preHandler(
                  (hit, regs) -> {
                    pre++;
                    return 0;
                  });
      if (wantsPost) {
        probe.postHandler((hit, regs) -> post++);
      }
      kprobes.register(probe);
      return probe;
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("dev.kretsim.probe.Rig#kernels")
  void aFaultGoesOnWhereTheTableSays(KernelVersion version, Arch arch) {
    Kernel kernel = new Kernel(MachineSpec.of(version, arch, 1), true);
    long datum = kernel.machine.allocate(8);
    kernel.machine.data().writeWord(datum, 7);
    assertThat(kernel.load(datum)).isEqualTo(7);
    assertThat(kernel.load(USER_ADDRESS)).isEqualTo(EFAULT);
  }

  @Test
  void withoutAnEntryItStopsTheTask() {
    Kernel kernel = new Kernel(MachineSpec.of(KernelVersion.newest(), Arch.X86_64, 1), false);
    assertThatThrownBy(() -> kernel.load(USER_ADDRESS))
        .isInstanceOf(OopsException.class)
        .hasMessageContaining("page fault: address=0x8 read");
  }

  @ParameterizedTest
  @EnumSource
  void aProbedLoadThatFaultsHasNoPostHandlerAndTheNextHitIsAsAnyOther(KernelVersion version) {
    Kernel kernel = new Kernel(MachineSpec.of(version, Arch.X86_64, 1), true);
    long datum = kernel.machine.allocate(8);
    Kprobe probe = kernel.probe(true);
    for (int call = 0; call < 2; call++) {
      assertThat(kernel.load(USER_ADDRESS)).isEqualTo(EFAULT);
      assertThat(kernel.load(datum)).isZero();
    }
    assertThat(kernel.pre).isEqualTo(4);
    assertThat(kernel.post).isEqualTo(2);
    assertThat(probe.nmissed()).isZero();
  }

  @Test
  void itsCopyIsNeitherBoostedNorReachedByAJump() {
    MachineSpec spec =
        new MachineSpec(KernelVersion.V6_12, Arch.X86_64, Preemption.NONE, 1, 1, false);
    Kernel kernel = new Kernel(spec, true);
    Kprobe first = kernel.probe(false);
    kernel.probe(true); // comes too late where the copy is boosted
    kernel.kprobes.optimize();
    assertThat(kernel.kprobes.flavour(first)).isEqualTo(Flavour.BREAKPOINT);
    kernel.load(kernel.machine.allocate(8));
    assertThat(kernel.post).isEqualTo(1);

    Kernel other = new Kernel(spec, false);
    other.probe(false);
    other.probe(true);
    other.load(other.machine.allocate(8));
    assertThat(other.post).isZero();
  }

  @Test
  void onArm64NoProbeCanBeThere() {
    MachineSpec spec = MachineSpec.of(KernelVersion.V6_12, Arch.ARM64, 1);
    Kernel kernel = new Kernel(spec, true);
    assertThatThrownBy(() -> kernel.probe(false))
        .isInstanceOfSatisfying(
            KprobeException.class, refused -> assertThat(refused.errno()).isEqualTo(Errno.EINVAL));
  }
}
