package dev.kretsim.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
}
