package dev.kretsim.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.Preemption;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.kernel.text.SymbolTable;
import dev.kretsim.memory.RealMemory;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The parts of a kernel that probes stand on. */
class MachineTest {
  private static final TrapHandler NO_TRAPS =
      new TrapHandler() {
        @Override
        public boolean breakpoint(Cpu cpu, long address) {
          throw new AssertionError("no breakpoint was set");
        }

        @Override
        public long trampoline(Cpu cpu) {
          throw new AssertionError("nothing was hijacked");
        }

        @Override
        public boolean handling(Cpu cpu) {
          return false;
        }

        @Override
        public void taskExited(Cpu cpu, Task task) {}
      };

  private static Machine machine(Arch arch) {
    return new Machine(MachineSpec.of(KernelVersion.V6_12, arch, 2), RealMemory::new);
  }

  @ParameterizedTest
  @EnumSource(Arch.class)
  void anUnprobedCallReturnsToItsCallerWithItsValue(Arch arch) {
    Machine machine = machine(arch);
    Symbol f = machine.define("f", true);
    machine.boot(NO_TRAPS);
    Task task = machine.newTask("a");
    machine.cpu(0).switchTo(task);
    assertThat(machine.cpu(0).enter(f, 7, 0x1000)).isTrue();
    assertThat(machine.cpu(0).regs().argument(0)).isEqualTo(7);
    assertThat(machine.cpu(0).leave(42, 0x1000)).isEqualTo(42);
    assertThat(machine.cpu(0).regs().instructionPointer()).isEqualTo(0x1000);
  }

  @ParameterizedTest
  @EnumSource(Arch.class)
  void returnAddressesLieOnTheTasksOwnStackWhileItSleepsAndMoves(Arch arch) {
    Machine machine = machine(arch);
    Symbol f = machine.define("f", true);
    machine.boot(NO_TRAPS);
    Task a = machine.newTask("a");
    Task b = machine.newTask("b");
    machine.cpu(0).switchTo(a);
    machine.cpu(0).enter(f, 0, 0x1000);
    machine.cpu(0).switchTo(b);
    machine.cpu(0).enter(f, 0, 0x2000);
    machine.cpu(1).switchTo(a);
    assertThat(machine.cpu(1).leave(1, 0x1000)).isEqualTo(1);
    assertThat(machine.cpu(0).leave(2, 0x2000)).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Arch.class)
  void aKernelStackOverflowsAfterSixteenKibibytes(Arch arch) {
    Machine machine = machine(arch);
    Symbol f = machine.define("f", true);
    machine.boot(NO_TRAPS);
    machine.cpu(0).switchTo(machine.newTask("deep"));
    for (int level = 0; level < 2048; level++) {
      machine.cpu(0).enter(f, 0, 0x1000);
    }
    assertThatThrownBy(() -> machine.cpu(0).enter(f, 0, 0x1000))
        .hasMessage("kernel stack overflow: comm=deep bytes=16384");
  }

  @Test
  void currentIsTheTaskOfTheCpuThatTheThreadEmulates() {
    Machine machine = machine(Arch.X86_64);
    machine.boot(NO_TRAPS);
    Task task = machine.newTask("a");
    machine.cpu(1).switchTo(task);
    assertThat(Task.current()).isSameAs(task);
    assertThat(Cpu.current().id()).isEqualTo(1);
    machine.cpu(1).switchToIdle();
    assertThatThrownBy(Task::current).hasMessage("the CPU is idle: cpu=1");
  }

  @Test
  void addressesBelongToTheFunctionTheyLieIn() {
    Machine machine = machine(Arch.X86_64);
    Symbol f = machine.define("f", true);
    Symbol g = machine.define("g", true);
    SymbolTable text = machine.symbols();
    assertThat(text.at(f.address() + f.size() - 1)).contains(f);
    assertThat(text.at(g.address())).contains(g);
    assertThat(text.at(g.address() + g.size())).isEmpty();
    assertThat(text.at(0)).isEmpty();
    assertThatThrownBy(() -> machine.define("f", true)).hasMessage("function is defined twice: f");
  }

  @Test
  void aMachineOfImpossibleSizeIsRefused() {
    assertThatThrownBy(() -> MachineSpec.of(KernelVersion.V6_12, Arch.X86_64, 0))
        .hasMessage("cpus must be in [1, 8192]: cpus=0");
    assertThatThrownBy(
            () ->
                new MachineSpec(KernelVersion.V6_12, Arch.X86_64, Preemption.VOLUNTARY, 2, 3, true))
        .hasMessage("online cpus must be in [1, 2]: online=3");
  }

  @Test
  void onArm64TheCurrentTaskIsInTheUserStackPointer() {
    Machine machine = machine(Arch.ARM64);
    byte[] readsSpEl0 = {0x00, 0x41, 0x38, (byte) 0xd5, (byte) 0xc0, 0x03, 0x5f, (byte) 0xd6};
    Symbol f = machine.defineCode("f", readsSpEl0, 8, Set.of());
    machine.boot(NO_TRAPS);
    for (Task task : List.of(machine.newTask("a"), machine.newTask("b"))) {
      machine.cpu(0).switchTo(task);
      assertThat(machine.cpu(0).call(f, 0, 0x1000)).isEqualTo(task.structAddress());
    }
  }
}
