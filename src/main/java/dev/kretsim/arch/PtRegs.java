package dev.kretsim.arch;

import java.util.List;

/**
 * The registers of an emulated CPU, as {@code struct pt_regs} lays them out: what every handler
 * sees.
 *
 * <p>Register names are those that kprobe events accept after {@code %}. All values are raw 64-bit
 * words: a function that returns an {@code int} of -5 leaves 4294967291 here.
 *
 * <p><b>Source.</b> {@code arch/x86/include/asm/ptrace.h}, {@code arch/arm64/include/asm/ptrace.h}.
 */
public abstract sealed class PtRegs permits X86Regs, Arm64Regs {
  final long[] words;

  PtRegs(int count) {
    words = new long[count];
  }

  /** The value a function returns: {@code regs_return_value}. */
  public abstract long returnValue();

  /** {@code regs_set_return_value}. */
  public abstract void setReturnValue(long value);

  /**
   * The n-th argument of a function, at its entry: {@code regs_get_kernel_argument}.
   *
   * @param n from 0; x86-64 passes six in registers, arm64 eight; 0 is returned beyond
   */
  public abstract long argument(int n);

  /** Sets the n-th argument; {@code n} must be one that is passed in a register. */
  public abstract void setArgument(int n, long value);

  public abstract long instructionPointer();

  public abstract void setInstructionPointer(long address);

  public abstract long stackPointer();

  public abstract void setStackPointer(long address);

  /** Where the function being entered will return to: top of the stack, or the link register. */
  public abstract long returnAddress(AddressSpace stack);

  /** Makes the function being entered return to {@code address}: what a kretprobe does. */
  public abstract void setReturnAddress(AddressSpace stack, long address);

  /** A copy of all registers, for {@link #restore}. */
  public final long[] save() {
    return words.clone();
  }

  /** Puts back what {@link #save} copied. */
  public final void restore(long[] saved) {
    System.arraycopy(saved, 0, words, 0, words.length);
  }

  /** Names of all registers, in the order of the struct. */
  public abstract List<String> names();

  /**
   * A register by name, such as {@code di} or {@code x0}.
   *
   * @throws IllegalArgumentException if this architecture has no such register
   */
  public final long register(String name) {
    int index = names().indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("no such register: %" + name);
    }
    return words[index];
  }
}
