package dev.kretsim.arch.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.arch.AddressSpace;
import dev.kretsim.arch.PageFaultException;
import dev.kretsim.arch.PtRegs;
import dev.kretsim.arch.x86.Regs;
import org.junit.jupiter.api.Test;

/** Registers lie where the kernel's headers put them. */
class PtRegsTest {
  private static final AddressSpace NOWHERE =
      new AddressSpace() {
        @Override
        public long read(long address, int bytes) {
          throw new AssertionError("memory is not needed");
        }

        @Override
        public void write(long address, int bytes, long value) {
          throw new AssertionError("memory is not needed");
        }
      };

  @Test
  void x86HasTwentyOneWordsInTheOrderOfTheStruct() {
    PtRegs regs = Arch.X86_64.newRegs();
    assertThat(regs.names()).hasSize(21);
    assertThat(regs.names().indexOf("di") * 8).isEqualTo(112);
    assertThat(regs.names().indexOf("ip") * 8).isEqualTo(128);
    assertThat(regs.names().indexOf("ss") * 8).isEqualTo(160);
  }

  @Test
  void x86PassesSixArgumentsInRegistersAndReturnsInAx() {
    PtRegs regs = Arch.X86_64.newRegs();
    String[] order = {"di", "si", "dx", "cx", "r8", "r9"};
    for (int n = 0; n < order.length; n++) {
      regs.setArgument(n, 100 + n);
      assertThat(regs.register(order[n])).isEqualTo(100 + n);
      assertThat(regs.argument(n)).isEqualTo(100 + n);
    }
    regs.setReturnValue(-5 & 0xffff_ffffL);
    assertThat(regs.register("ax")).isEqualTo(4294967291L);
    assertThatThrownBy(() -> regs.setArgument(6, 0)).hasMessageContaining("argument 6");
  }

  @Test
  void arm64KeepsTheReturnAddressInTheLinkRegisterAndReturnsInX0() {
    PtRegs regs = Arch.ARM64.newRegs();
    regs.setReturnAddress(NOWHERE, 0x1234);
    assertThat(regs.register("x30")).isEqualTo(0x1234);
    assertThat(regs.returnAddress(NOWHERE)).isEqualTo(0x1234);
    regs.setReturnValue(9);
    assertThat(regs.register("x0")).isEqualTo(9);
    regs.setArgument(7, 77);
    assertThat(regs.register("x7")).isEqualTo(77);
    assertThat(regs.argument(8)).isZero();
  }

  @Test
  void anUnknownRegisterIsRefusedByName() {
    assertThatThrownBy(() -> Arch.X86_64.newRegs().register("rax"))
        .hasMessage("no such register: %rax");
  }

  @Test
  void savedRegistersComeBack() {
    PtRegs regs = Arch.X86_64.newRegs();
    regs.setReturnValue(1);
    long[] saved = regs.save();
    regs.setReturnValue(2);
    regs.restore(saved);
    assertThat(regs.returnValue()).isEqualTo(1);
  }

  /** A stack of words from an address on. */
  private static AddressSpace stackAt(long base, long... words) {
    return new AddressSpace() {
      @Override
      public long read(long address, int bytes) {
        int index = (int) (address - base) / Long.BYTES;
        if (index >= words.length) {
          throw new PageFaultException(address, false);
        }
        return words[index];
      }

      @Override
      public void write(long address, int bytes, long value) {
        throw new PageFaultException(address, true);
      }
    };
  }

  @Test
  void theSeventhArgumentOfX86LiesBehindTheReturnAddress() {
    PtRegs regs = Arch.X86_64.newRegs();
    regs.setStackPointer(0xffff_c900_0000_3fe8L);
    AddressSpace stack = stackAt(regs.stackPointer(), 0x1111, 7, 8);
    assertThat(regs.argument(6, stack)).isEqualTo(7);
    assertThat(regs.argument(7, stack)).isEqualTo(8);
    regs.setArgument(2, 3);
    assertThat(regs.argument(2, stack)).isEqualTo(3);
    PtRegs arm = Arch.ARM64.newRegs();
    assertThat(arm.argument(8, stack)).isZero();
  }

  @Test
  void aStackWordBeyondTheStackOrUnreadableIsZero() {
    PtRegs regs = Arch.X86_64.newRegs();
    regs.setStackPointer(0xffff_c900_0000_3ff0L);
    AddressSpace stack = stackAt(regs.stackPointer(), 5, 6, 7);
    assertThat(regs.stackWord(0, stack)).isEqualTo(5);
    assertThat(regs.stackWord(1, stack)).isEqualTo(6);
    assertThat(regs.stackWord(2, stack)).as("in the next stack").isZero();
    regs.setStackPointer(0xffff_c900_0000_2000L);
    assertThat(regs.stackWord(3, stackAt(regs.stackPointer(), 1))).as("not mapped").isZero();
  }

  @Test
  void namesMayHaveAPercentSignAndLrIsTheLinkRegister() {
    PtRegs x86 = Arch.X86_64.newRegs();
    x86.setArgument(0, 42);
    assertThat(x86.register("%di")).isEqualTo(42);
    PtRegs arm = Arch.ARM64.newRegs();
    arm.setReturnAddress(NOWHERE, 0x77);
    assertThat(arm.register("%lr")).isEqualTo(0x77);
    assertThat(arm.names()).doesNotContain("lr");
  }

  @Test
  void registersAreFoundByTheirOffsetInTheStruct() {
    PtRegs x86 = Arch.X86_64.newRegs();
    x86.setArgument(0, 42);
    assertThat(x86.registerAt(112)).isEqualTo(42);
    assertThat(x86.registerAt(168)).isZero();
    assertThat(x86.registerAt(113)).isZero();
    assertThat(x86.bytes()).isEqualTo(168);
    PtRegs arm = Arch.ARM64.newRegs();
    arm.setReturnAddress(NOWHERE, 0x77);
    assertThat(arm.registerAt(240)).isEqualTo(0x77);
    assertThat(arm.bytes()).isEqualTo(336);
  }

  @Test
  void aThirtyTwoBitProgramOnArm64ReturnsASignedInt() {
    PtRegs regs = Arch.ARM64.newRegs();
    regs.setReturnValue(0xffff_fffbL);
    assertThat(regs.returnValue()).isEqualTo(0xffff_fffbL);
    regs.words[33] = 0x10; // AArch32 at EL0
    assertThat(regs.userMode()).isTrue();
    assertThat(regs.returnValue()).isEqualTo(-5);
    regs.words[33] = 0x85; // EL1, interrupts masked
    assertThat(regs.userMode()).isFalse();
    assertThat(regs.irqsEnabled()).isFalse();
    assertThat(regs.returnValue()).isEqualTo(0xffff_fffbL);
  }

  @Test
  void x86SaysFromItsSegmentAndFlagsWhereItIs() {
    PtRegs regs = Arch.X86_64.newRegs();
    assertThat(regs.userMode()).isFalse();
    regs.words[Regs.CS] = 0x33;
    assertThat(regs.userMode()).isTrue();
    assertThat(regs.irqsEnabled()).isFalse();
    regs.words[Regs.FLAGS] = 1 << 9;
    assertThat(regs.irqsEnabled()).isTrue();
  }
}
