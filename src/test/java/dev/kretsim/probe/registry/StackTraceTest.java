package dev.kretsim.probe.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.Preemption;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.kernel.text.CodeImage;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.probe.Kprobe;
import dev.kretsim.probe.Kretprobe;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stack traces through compiled arm64 functions, each with a frame record of its own. */
class StackTraceTest {
  private static final int BYTES = 0x40;

  /** A function that calls the one behind it: its call returns to offset 12. */
  private static final int[] CALLER = {
    0xa9bf7bfd, // stp x29, x30, [sp, #-16]!
    0x910003fd, // mov x29, sp
    0x9400000e, // bl .+0x38
    0xa8c17bfd, // ldp x29, x30, [sp], #16
    0xd65f03c0 // ret
  };

  private static final int[] LEAF = {
    0xd503201f, // nop
    0xd65f03c0 // ret
  };

  @ParameterizedTest
  @EnumSource(names = {"V6_1", "V6_12"})
  void trueCallersAreFoundByTheFrameRecords(KernelVersion version) {
    Machine machine = new Machine(MachineSpec.of(version, Arch.ARM64, 1), RealMemory::new);
    long returnSite = machine.define("main", false).address() + 16;
    ByteBuffer code = ByteBuffer.allocate(3 * BYTES).order(ByteOrder.LITTLE_ENDIAN);
    List<CodeImage.Part> parts = new ArrayList<>();
    for (String name : List.of("outer", "middle", "leaf")) {
      int at = parts.size() * BYTES;
      code.position(at);
      for (int word : name.equals("leaf") ? LEAF : CALLER) {
        code.putInt(word);
      }
      parts.add(new CodeImage.Part(name, at, BYTES, Set.of()));
    }
    machine.defineImage(new CodeImage(code.array(), parts));
    Kprobes kprobes = Kprobes.boot(machine).drivenByOneThread();
    Cpu cpu = machine.cpu(0);
    List<Long> trace = new ArrayList<>();
    kprobes.register(Kretprobe.on("middle"));
    kprobes.register(
        Kretprobe.on("leaf")
            .handler((instance, regs) -> trace.addAll(new StackTrace(kprobes, machine).of(cpu))));
    cpu.switchTo(machine.newTask("a"));
    Symbol outer = machine.symbols().find("outer").orElseThrow();
    cpu.call(outer, 0, returnSite);
    long middle = outer.address() + BYTES;
    assertThat(trace).containsExactly(middle + 12, outer.address() + 12, returnSite);
    kprobes.checkLaws();
  }

  /** A function with a local variable between its frame record and its stack pointer. */
  private static final int[] CALLER_WITH_LOCAL = {
    0xa9bf7bfd, // stp x29, x30, [sp, #-16]!
    0x910003fd, // mov x29, sp
    0xd10043ff, // sub sp, sp, #16
    0x9400000d, // bl .+0x34
    0x910043ff, // add sp, sp, #16
    0xa8c17bfd, // ldp x29, x30, [sp], #16
    0xd65f03c0 // ret
  };

  @Test
  void localVariablesDoNotHideTheFrameRecords() {
    ByteBuffer caller = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    caller.asIntBuffer().put(CALLER_WITH_LOCAL);
    ByteBuffer leaf = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    leaf.asIntBuffer().put(LEAF);
    assertThat(callersOfLeaf(Arch.ARM64, caller.array(), leaf.array()))
        .as("the leaf's own is in the link register")
        .containsExactly("outer+0x10", "main+0x10");
  }

  @Test
  void onX86EachReturnAddressIsFoundByItsPlaceOnTheStack() {
    // sub $8,%rsp; call .+0x37; add $8,%rsp; ret
    byte[] caller = HexFormat.of().parseHex("4883ec08e8370000004883c408c3");
    byte[] leaf = HexFormat.of().parseHex("90c3");
    assertThat(callersOfLeaf(Arch.X86_64, Arrays.copyOf(caller, BYTES), Arrays.copyOf(leaf, BYTES)))
        .containsExactly("middle+0x9", "outer+0x9", "main+0x10");
  }

  /** The trace from a probe on the leaf, while the returns of both functions above are followed. */
  private static List<String> callersOfLeaf(Arch arch, byte[] caller, byte[] leaf) {
    Machine machine =
        new Machine(
            new MachineSpec(KernelVersion.V6_12, arch, Preemption.FULL, 1, 1, false),
            RealMemory::new);
    long returnSite = machine.define("main", false).address() + 16;
    ByteBuffer code = ByteBuffer.allocate(3 * BYTES).put(caller).put(caller).put(leaf);
    List<CodeImage.Part> parts = new ArrayList<>();
    for (String name : List.of("outer", "middle", "leaf")) {
      parts.add(new CodeImage.Part(name, parts.size() * BYTES, BYTES, Set.of()));
    }
    machine.defineImage(new CodeImage(code.array(), parts));
    Kprobes kprobes = Kprobes.boot(machine).drivenByOneThread();
    kprobes.register(Kretprobe.on("outer"));
    kprobes.register(Kretprobe.on("middle"));
    List<Long> trace = new ArrayList<>();
    kprobes.register(
        Kprobe.on("leaf")
            .preHandler(
                (hit, regs) ->
                    trace.addAll(new StackTrace(kprobes, machine).of(Cpu.current())) ? 0 : 1));
    machine.cpu(0).switchTo(machine.newTask("a"));
    machine.cpu(0).call(machine.symbols().find("outer").orElseThrow(), 0, returnSite);
    kprobes.checkLaws();
    return trace.stream().skip(1).map(machine.symbols()::describe).toList();
  }
}
