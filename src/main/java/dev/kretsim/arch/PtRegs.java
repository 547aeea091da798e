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

  /**
   * The registers in the order of the kernel's struct; what each word means is up to the
   * architecture.
   */
  public final long[] words;

  private final int returnRegister;
  private final int instructionPointer;
  private final int stackPointer;
  private final int framePointer;

  /**
   * Makes registers that are all zero.
   *
   * @param count how many words there are
   * @param returnRegister which of them holds a function's result
   * @param instructionPointer which of them is the instruction pointer
   * @param stackPointer which of them is the stack pointer
   * @param framePointer which of them is the frame pointer
   */
  public PtRegs(
      int count, int returnRegister, int instructionPointer, int stackPointer, int framePointer) {
    this.words = new long[count];
    this.returnRegister = returnRegister;
    this.instructionPointer = instructionPointer;
    this.stackPointer = stackPointer;
    this.framePointer = framePointer;
  }

  /** {@return the value a function returns: {@code regs_return_value}} */
  public long returnValue() {
    return words[returnRegister];
  }

  /**
   * Sets the value a function returns: {@code regs_set_return_value}.
   *
   * @param value the new result
   */
  public final void setReturnValue(long value) {
    words[returnRegister] = value;
  }

  /**
   * {@return the n-th argument of a function, at its entry: {@code regs_get_kernel_argument}}
   *
   * @param n from 0; x86-64 passes six in registers, arm64 eight; 0 is returned beyond
   */
  public abstract long argument(int n);

  /**
   * {@return the n-th argument, also where it is passed on the stack: x86-64 from the seventh on;
   * arm64 looks at registers alone}
   *
   * @param n from 0
   * @param stack memory in which the function's stack lies
   */
  public abstract long argument(int n, AddressSpace stack);

  /**
   * The n-th word of the kernel stack, counted from its top: {@code regs_get_kernel_stack_nth}.
   *
   * @param n from 0; at x86-64 functions' entries, word 0 is the return address
   * @param memory memory in which the stack lies
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

  /** {@return whether these are registers of user space: {@code user_mode}} */
  public abstract boolean userMode();

  /** {@return whether interrupts are enabled where these registers are from} */
  public abstract boolean irqsEnabled();

  /** {@return how many bytes {@code struct pt_regs} has} */
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

  /**
   * Sets the n-th argument.
   *
   * @param n from 0; one that is passed in a register
   * @param value the argument
   */
  public abstract void setArgument(int n, long value);

  /** {@return the address of the instruction to be executed next} */
  public final long instructionPointer() {
    return words[instructionPointer];
  }

  /**
   * Sets the instruction pointer.
   *
   * @param address where execution goes on
   */
  public final void setInstructionPointer(long address) {
    words[instructionPointer] = address;
  }

  /** {@return the lowest address in use on the stack} */
  public final long stackPointer() {
    return words[stackPointer];
  }

  /**
   * Sets the stack pointer.
   *
   * @param address the lowest address in use
   */
  public final void setStackPointer(long address) {
    words[stackPointer] = address;
  }

  /** {@return the frame pointer: {@code bp}, {@code x29}} */
  public final long framePointer() {
    return words[framePointer];
  }

  /**
   * {@return where the function being entered will return to: top of the stack, or the link
   * register}
   *
   * @param stack memory in which the function's stack lies
   */
  public abstract long returnAddress(AddressSpace stack);

  /**
   * Makes the function being entered return to {@code address}: what a kretprobe does.
   *
   * @param stack memory in which the function's stack lies
   * @param address where it is to return to
   */
  public abstract void setReturnAddress(AddressSpace stack, long address);

  /**
   * Says where the running task's descriptor lies, for code that asks the processor for it. Ignored
   * where that is not in a register.
   *
   * @param address of its {@code task_struct}
   */
  public void setCurrentTask(long address) {}

  /** {@return a copy of all registers, for {@link #restore}} */
  public final long[] save() {
    return words.clone();
  }

  /**
   * Puts back what {@link #save} copied.
   *
   * @param saved from registers of the same architecture
   */
  public final void restore(long[] saved) {
    System.arraycopy(saved, 0, words, 0, words.length);
  }

  /** {@return the names of all registers, in the order of the struct} */
  public abstract List<String> names();

  /**
   * A register by name, such as {@code di} or {@code x0}, as in kprobe events also with a {@code %}
   * in front.
   *
   * @param name with or without {@code %}
   * @return what it holds
   * @throws IllegalArgumentException if this architecture has no such register
   */
  public final long register(String name) {
    return words[required(name)];
  }

  /**
   * Sets a register by name.
   *
   * @param name with or without {@code %}
   * @param value all its bits
   * @throws IllegalArgumentException if this architecture has no such register
   */
  public final void setRegister(String name, long value) {
    words[required(name)] = value;
  }

  private int required(String name) {
    String bare = name.startsWith("%") ? name.substring(1) : name;
    int index = indexOf(bare);
    if (index < 0) {
      throw new IllegalArgumentException("no such register: %" + bare);
    }
    return index;
  }

  /**
   * {@return the word that a name stands for, or -1}
   *
   * @param name without {@code %}
   */
  public int indexOf(String name) {
    return names().indexOf(name);
  }
}
