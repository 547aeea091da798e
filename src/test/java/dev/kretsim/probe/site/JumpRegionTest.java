package dev.kretsim.probe.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.kernel.text.TextMarks.Mark;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.probe.Flavour;
import dev.kretsim.probe.Kprobe;
import dev.kretsim.probe.Rig;
import dev.kretsim.probe.registry.Kprobes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which places have room for a jump of five bytes that nobody can land in the middle of. */
class JumpRegionTest {
  /** {@code lea 1(%rdi,%rdi),%rax}: five bytes, that a jump covers exactly. */
  private static final String LEA = "488d443f01";

  private static final String RET = "c3";

  private static final long CALLER = 0x1000;

  /** A kernel with one function. */
  private static final class Kernel {
    final Kprobes kprobes;
    private final Machine machine;
    private final Symbol function;

    Kernel(String code, Symbol.Trait... traits) {
      this(KernelVersion.V6_12, code, traits);
    }

    Kernel(KernelVersion version, String code, Symbol.Trait... traits) {
      byte[] bytes = HexFormat.of().parseHex(code.replace(" ", ""));
      machine = new Machine(MachineSpec.of(version, Arch.X86_64, 1), RealMemory::new);
      function = machine.defineCode("f", bytes, bytes.length, Set.of(traits));
      kprobes = Kprobes.boot(machine);
    }

    Kprobe probe(int offset) {
      Kprobe probe = Kprobe.on("f").offset(offset);
      kprobes.register(probe);
      return probe;
    }

    boolean jumps(Kprobe probe) {
      kprobes.optimize();
      return kprobes.flavour(probe) == Flavour.OPTIMIZED;
    }

    long call(long argument) {
      machine.cpu(0).switchTo(machine.newTask("a"));
      return machine.cpu(0).call(function, argument, CALLER);
    }

    boolean jumps(int offset) {
      return jumps(probe(offset));
    }
  }

  private static String jumpTo(int target, int from) {
    return "eb%02x".formatted((target - (from + 2)) & 0xff);
  }

  @Test
  void aJumpOfTheFunctionIntoTheRegionForbidsAnotherThere() {
    for (int target = 0; target <= 12; target++) {
      String code = LEA + LEA + jumpTo(target, 10) + RET;
      assertThat(new Kernel(code).jumps(0))
          .as("at 0, with a jump to %d", target)
          .isEqualTo(target < 1 || target > 5);
      assertThat(new Kernel(code).jumps(5))
          .as("at 5, with a jump to %d", target)
          .isEqualTo(target < 6 || target > 10);
    }
  }

  @Test
  void aJumpInFrontOfTheRegionIsSeenToo() {
    assertThat(new Kernel(jumpTo(5, 0) + LEA + LEA + RET).jumps(2)).isFalse();
    assertThat(new Kernel(jumpTo(8, 0) + LEA + LEA + RET).jumps(7)).isFalse();
    assertThat(new Kernel(jumpTo(12, 0) + LEA + LEA + RET).jumps(2)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'', true",
    "c3, true",
    "ffe0, false", // jmp *%rax: it may lead anywhere
    "ff20, false", // jmp *(%rax)
    "06, false", // no instruction
    "cc06, true", // behind a breakpoint lies padding
  })
  void theWholeFunctionMustBeKnownUpToItsPadding(String rest, boolean jumps) {
    assertThat(new Kernel(KernelVersion.V5_10, LEA + LEA + rest).jumps(0)).isEqualTo(jumps);
  }

  @ParameterizedTest
  @CsvSource({
    "ffe0, true", // jmp *%rax: compiled away, or onto an ENDBR64
    "06, false", // no instruction
    "cc06, false", // nor behind a breakpoint
    "ccebf6, false", // a jump into the region
  })
  void kernelsWithBranchTrackingLookBehindBreakpointsAndTrustIndirectJumps(
      String rest, boolean jumps) {
    assertThat(new Kernel(LEA + LEA + rest).jumps(0)).isEqualTo(jumps);
  }

  @Test
  void aFunctionWhoseInstructionsMayFaultGetsNoJump() {
    Kernel kernel = new Kernel(LEA + LEA + RET);
    long faulting = kernel.function.address() + 10;
    kernel.machine.marks().add(Mark.EXCEPTION_TABLE, faulting, faulting + 1);
    assertThat(kernel.jumps(0)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"JUMP_LABEL", "STATIC_CALL"})
  void whatTheKernelPatchesIsNotCoveredByAJump(Mark patched) {
    Kernel kernel = new Kernel(LEA + LEA + RET);
    long site = kernel.function.address() + 9;
    kernel.machine.marks().add(patched, site, site + 1);
    assertThat(kernel.jumps(0)).isTrue();
    assertThat(new Kernel(LEA + LEA + RET).jumps(5)).isTrue();
    assertThat(kernel.jumps(5)).isFalse();
  }

  @Test
  void aBreakpointInFrontIsNoPadding() {
    assertThat(new Kernel("cc" + LEA + LEA + RET).jumps(1)).isTrue();
    assertThat(new Kernel("cc" + LEA + LEA + jumpTo(3, 11) + RET).jumps(1)).isFalse();
  }

  @Test
  void theRegionEndsAtTheLatestWithTheFunction() {
    assertThat(new Kernel(LEA + LEA).jumps(5)).isTrue();
    assertThat(new Kernel(LEA + "90909090").jumps(5)).isFalse();
    assertThat(new Kernel(LEA + "9090909090").jumps(5)).isTrue();
  }

  @Test
  void onlyInstructionsThatRunAnywhereMove() {
    String load = "d9e8"; // its copy is never followed by a jump back
    assertThat(new Kernel(load + "909090" + LEA).jumps(0)).isFalse();
    assertThat(new Kernel("909090" + load + LEA).jumps(0)).isFalse();
    assertThat(new Kernel("9090909090" + load).jumps(0)).isTrue();
  }

  @Test
  void aFunctionThatIsCalledAtOnceKeepsItsEntry() {
    assertThat(new Kernel(LEA + RET, Symbol.Trait.CALLS_AT_ONCE).jumps(0)).isFalse();
  }

  @Test
  void anArmedProbeUnderTheJumpForbidsItAndNoOtherDoes() {
    for (int other = 1; other <= 8; other++) {
      for (boolean armed : new boolean[] {true, false}) {
        Kernel kernel = new Kernel("90".repeat(12) + RET);
        Kprobe first = kernel.probe(0);
        Kprobe second = kernel.probe(other);
        if (!armed) {
          kernel.kprobes.disable(second);
        }
        assertThat(kernel.jumps(first))
            .as("with one at %d, armed=%s", other, armed)
            .isEqualTo(other >= 5 || !armed);
      }
    }
  }

  @Test
  void aProbeInFrontOfItForbidsNothing() {
    Kernel kernel = new Kernel(LEA + LEA + RET);
    Kprobe first = kernel.probe(0);
    Kprobe second = kernel.probe(5);
    assertThat(kernel.jumps(first)).isTrue();
    assertThat(kernel.jumps(second)).isTrue();
  }

  @Test
  void arm64HasNoJumps() {
    Rig rig = new Rig(KernelVersion.V6_12, Arch.ARM64);
    Kprobe probe = Kprobe.on("hidden");
    rig.kprobes.register(probe);
    rig.kprobes.optimize();
    assertThat(rig.kprobes.flavour(probe)).isEqualTo(Flavour.BREAKPOINT);
  }

  @Test
  void whatLiesUnderTheJumpIsExecutedOnceAndWhatLiesBehindItIsHit() {
    String increment = "4883c001"; // add $1,%rax: four bytes
    Kernel kernel = new Kernel("488d4701" + increment + increment + LEA + RET);
    assertThat(new Kernel("488d4701" + increment + increment + RET).call(7)).isEqualTo(10);
    assertThat(kernel.jumps(0)).isTrue();
    assertThat(kernel.call(7)).isEqualTo(15);
    Kernel plain = new Kernel("488d4701" + increment + increment + RET);
    assertThat(plain.jumps(0)).isTrue();
    assertThat(plain.call(7)).isEqualTo(10);

    List<String> hits = new ArrayList<>();
    Kernel two = new Kernel(LEA + LEA + RET);
    for (int offset : new int[] {0, 5}) {
      Kprobe probe =
          Kprobe.on("f").offset(offset).preHandler((hit, regs) -> hits.add("at " + offset) ? 0 : 1);
      two.kprobes.register(probe);
    }
    assertThat(two.call(7)).isEqualTo(15);
    two.kprobes.optimize();
    assertThat(two.call(8)).isEqualTo(17);
    assertThat(hits).containsExactly("at 0", "at 5", "at 0", "at 5");
  }
}
