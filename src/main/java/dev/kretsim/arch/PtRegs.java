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
public abstract class PtRegs {
  /** {@code THREAD_SIZE}: stacks are aligned to their size. */
  private static final long STACK_BYTES = 16 * 1024;

  public final long[] words;
  private final int returnRegister;
  private final int instructionPointer;
  private final int stackPointer;
  private final int framePointer;

  /** Takes how many words there are, and which of them have a role of their own. */
  public PtRegs(
      int count, int returnRegister, int instructionPointer, int stackPointer, int framePointer) {
    this.words = new long[count];
    this.returnRegister = returnRegister;
    this.instructionPointer = instructionPointer;
    this.stackPointer = stackPointer;
    this.framePointer = framePointer;
  }

  /** The value a function returns: {@code regs_return_value}. */
  public long returnValue() {
    return words[returnRegister];
  }

  /** {@code regs_set_return_value}. */
  public final void setReturnValue(long value) {
    words[returnRegister] = value;
  }

  /**
   * The n-th argument of a function, at its entry: {@code regs_get_kernel_argument}.
   *
   * @param n from 0; x86-64 passes six in registers, arm64 eight; 0 is returned beyond
   */
  public abstract long argument(int n);

  /**
   * The n-th argument, also where it is passed on the stack: x86-64 from the seventh on; arm64
   * looks at registers alone.
   *
   * @param n from 0
   * @param stack memory in which the function's stack lies
   */
  public abstract long argument(int n, AddressSpace stack);

  /**
   * The n-th word of the kernel stack, counted from its top: {@code regs_get_kernel_stack_nth}.
   *
   * @param n from 0; at x86-64 functions' entries, word 0 is the return address
   * @return 0 if that is beyond the stack, or cannot be read
   */
  public final long stackWord(int n, AddressSpace memory) {
    long address = stackPointer() + (long) n * Long.BYTES;
    if (n < 0 || (address & -STACK_BYTES) != (stackPointer() & -STACK_BYTES)) {
      return 0;
    }
    try {
      return memory.readWord(address);
    } catch (PageFaultException unmapped) {
      return 0;
    }
  }

  /** Whether these are registers of user space: {@code user_mode}. */
  public abstract boolean userMode();

  /** Whether interrupts are enabled where these registers are from. */
  public abstract boolean irqsEnabled();

  /** Bytes of {@code struct pt_regs}. */
  public abstract int bytes();

  /**
   * A register by its place in the struct: {@code regs_get_register}.
   *
   * @param offset in bytes
   * @return 0 if no register starts there
   */
  public final long registerAt(int offset) {
    boolean known = offset >= 0 && offset % Long.BYTES == 0 && offset / Long.BYTES < words.length;
    return known ? words[offset / Long.BYTES] : 0;
  }

  /** Sets the n-th argument; {@code n} must be one that is passed in a register. */
  public abstract void setArgument(int n, long value);

  public final long instructionPointer() {
    return words[instructionPointer];
  }

  public final void setInstructionPointer(long address) {
    words[instructionPointer] = address;
  }

  public final long stackPointer() {
    return words[stackPointer];
  }

  public final void setStackPointer(long address) {
    words[stackPointer] = address;
  }

  /** The frame pointer: {@code bp}, {@code x29}. */
  public final long framePointer() {
    return words[framePointer];
  }

  /** Where the function being entered will return to: top of the stack, or the link register. */
  public abstract long returnAddress(AddressSpace stack);

  /** Makes the function being entered return to {@code address}: what a kretprobe does. */
  public abstract void setReturnAddress(AddressSpace stack, long address);

  /**
   * Says where the running task's descriptor lies, for code that asks the processor for it. Ignored
   * where that is not in a register.
   */
  public void setCurrentTask(long address) {}

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
   * A register by name, such as {@code di} or {@code x0}, as in kprobe events also with a {@code %}
   * in front.
   *
   * @throws IllegalArgumentException if this architecture has no such register
   */
  public final long register(String name) {
    String bare = name.startsWith("%") ? name.substring(1) : name;
    int index = indexOf(bare);
    if (index < 0) {
      throw new IllegalArgumentException("no such register: %" + bare);
    }
    return words[index];
  }

  /** The word that a name stands for, or -1. */
  public int indexOf(String name) {
    return names().indexOf(name);
  }
}
