package dev.kretsim.probe.hit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.probe.Flavour;
import dev.kretsim.probe.Kprobe;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.registry.Kprobes;
import dev.kretsim.workload.drive.Routine;
import dev.kretsim.workload.drive.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Machine code that calls functions whose bodies are Java, with and without probes on these. */
class HostCallTest {
  private static final long CALLER = 0x1000;

  private final List<String> log = new ArrayList<>();

  /** A kernel where {@code caller(v)} is machine code for {@code callee(v) + 1}. */
  private static final class Kernel {
    final Machine machine;
    final Kprobes kprobes;
    final Symbol caller;

    Kernel(Arch arch, boolean traceable) {
      machine = new Machine(MachineSpec.of(KernelVersion.V6_1, arch, 1), RealMemory::new);
      Symbol callee = machine.define("callee", traceable);
      long next = callee.address() + callee.size();
      caller = machine.defineCode("caller", callerOf(arch, callee, next), 32, Set.of());
      assertThat(caller.address()).isEqualTo(next);
      Routine body = new Routine(callee, frame -> new Step.Return(2 * frame.argument()));
      machine.hostCalls((cpu, function) -> body.runBody(cpu, cpu.regs().argument(0)));
      kprobes = Kprobes.boot(machine).drivenByOneThread();
      machine.cpu(0).switchTo(machine.newTask("a"));
    }

    long call(long argument) {
      long result = machine.cpu(0).call(caller, argument, CALLER);
      kprobes.checkLaws();
      return result;
    }
  }

  private static byte[] callerOf(Arch arch, Symbol callee, long at) {
    if (arch == Arch.X86_64) {
      int distance = (int) (callee.address() - (at + 5));
      return new byte[] {
        (byte) 0xe8,
        (byte) distance,
        (byte) (distance >> 8),
        (byte) (distance >> 16),
        (byte) (distance >> 24),
        0x48,
        (byte) 0x83,
        (byte) 0xc0,
        1, // add $1, %rax
        (byte) 0xc3
      };
    }
    int bl = 0x9400_0000 | (int) (callee.address() - (at + 4)) >> 2 & 0x3ff_ffff;
    return words(0xa9bf_7bfd, bl, 0x9100_0400, 0xa8c1_7bfd, 0xd65f_03c0); // stp, bl, add, ldp, ret
  }

  private static byte[] words(int... instructions) {
    byte[] bytes = new byte[4 * instructions.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (instructions[i / 4] >>> (8 * (i % 4)));
    }
    return bytes;
  }

  @ParameterizedTest
  @CsvSource({"X86_64, true", "X86_64, false", "ARM64, true", "ARM64, false"})
  void aJavaBodyRunsWhereMachineCodeCallsIt(Arch arch, boolean traceable) {
    Kernel kernel = new Kernel(arch, traceable);
    assertThat(kernel.call(20)).isEqualTo(41);
  }

  @ParameterizedTest
  @CsvSource({"X86_64, true", "X86_64, false", "ARM64, true", "ARM64, false"})
  void aProbedJavaBodyRunsAsWellAndItsReturnIsSeen(Arch arch, boolean traceable) {
    Kernel kernel = new Kernel(arch, traceable);
    kernel.kprobes.register(
        Kretprobe.on("callee").handler((ri, regs) -> log.add("returned " + regs.returnValue())));
    kernel.kprobes.register(Kprobe.on("callee").postHandler((probe, regs) -> log.add("post")));
    assertThat(kernel.call(20)).isEqualTo(41);
    assertThat(log).containsExactly("post", "returned 40");
  }

  @Test
  void anOptimisedProbeLetsTheJavaBodyRun() {
    Kernel kernel = new Kernel(Arch.X86_64, false);
    Kprobe probe = Kprobe.on("callee").preHandler((kp, regs) -> log.add("hit") ? 0 : 1);
    kernel.kprobes.register(probe);
    kernel.kprobes.optimize();
    assertThat(kernel.kprobes.flavour(probe)).isEqualTo(Flavour.OPTIMIZED);
    assertThat(kernel.call(20)).isEqualTo(41);
    assertThat(log).containsExactly("hit");
  }

  @ParameterizedTest
  @CsvSource({"X86_64, true", "X86_64, false", "ARM64, true", "ARM64, false"})
  void aJavaBodyRunsAlsoWhereTheHitOnItIsSkipped(Arch arch, boolean traceable) {
    Kernel kernel = new Kernel(arch, traceable);
    Kprobe skipped = Kprobe.on("callee").preHandler((probe, regs) -> log.add("hit") ? 0 : 1);
    kernel.kprobes.register(skipped);
    List<Long> results = new ArrayList<>();
    kernel.kprobes.register(
        Kprobe.on("caller")
            .preHandler(
                (probe, regs) -> {
                  Cpu cpu = Cpu.current();
                  Cpu.Interrupted before = cpu.enterInterrupt(Cpu.Context.NMI);
                  results.add(cpu.call(kernel.caller, 7, CALLER));
                  cpu.leaveInterrupt(before);
                  return 0;
                }));
    assertThat(kernel.call(20)).isEqualTo(41);
    assertThat(results).containsExactly(15L);
    assertThat(log).containsExactly("hit");
    assertThat(skipped.nmissed()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"X86_64, true", "X86_64, false", "ARM64, true", "ARM64, false"})
  void aJavaBodyDoesNotRunWhereAHandlerHasReturnedInItsPlace(Arch arch, boolean traceable) {
    Kernel kernel = new Kernel(arch, traceable);
    kernel.kprobes.register(
        Kprobe.on("callee")
            .preHandler(
                (probe, regs) -> {
                  Cpu cpu = Cpu.current();
                  regs.setReturnValue(99);
                  regs.setInstructionPointer(regs.returnAddress(cpu.memory()));
                  if (arch.callStoresReturnAddress()) {
                    regs.setStackPointer(regs.stackPointer() + Long.BYTES);
                  }
                  return 1;
                }));
    assertThat(kernel.call(20)).isEqualTo(100);
  }
}
