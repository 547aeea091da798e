package dev.kretsim.kernel.machine;

import dev.kretsim.arch.AddressSpace;
import dev.kretsim.arch.PageFaultException;
import java.util.Arrays;

/**
 * A thread of the emulated kernel: a name, a kernel stack, and the list of the probed calls it is
 * inside.
 *
 * <p>A task is run by one CPU at a time; which one may change whenever it sleeps. Whoever moves it
 * hands it over safely.
 */
public final class Task implements AddressSpace {
  private static final int WORD_BYTES = 8;

  /** {@code THREAD_SIZE} of 64-bit kernels. */
  private static final int STACK_BYTES = 16 * 1024;

  private static final int STACK_WORDS = STACK_BYTES / WORD_BYTES;

  private static final int FIRST_WORDS = 32;

  /** A slab of {@code task_struct}s in the direct mapping. */
  private static final long STRUCTS = 0xffff_8881_0000_0000L;

  private static final int STRUCT_BYTES = 9792;

  /** Where arm64 kernels keep {@code flags}; those of {@code thread_info} come first of all. */
  private static final int FLAGS_OFFSET = 0x2c;

  private final int pid;
  private final String comm;
  private final long stackTop;

  // Index 0 is the word below the top. Grown on demand: most tasks use a few words of their 16 KiB.
  private long[] stack = new long[FIRST_WORDS];
  private int stackDepth;

  private long[] inFlight = new long[FIRST_WORDS];
  private int inFlightDepth;

  Task(int pid, String comm) {
    this.pid = pid;
    this.comm = comm;
    this.stackTop = 0xffff_c900_0000_0000L + (pid + 1L) * 2 * STACK_BYTES;
  }

  /**
   * {@return the task that runs on the calling thread's CPU: {@code current}} For handlers.
   *
   * @throws IllegalStateException if the calling thread is not an emulated CPU running a task
   */
  public static Task current() {
    return Cpu.current().task();
  }

  /** {@return its number, unique in its machine} */
  public int pid() {
    return pid;
  }

  /** {@return the task's name: {@code current->comm}} */
  public String comm() {
    return comm;
  }

  /** {@return where the kernel would keep it: {@code struct task_struct *}} */
  public long structAddress() {
    return STRUCTS + (long) pid * STRUCT_BYTES;
  }

  /** {@return where the top of its stack is: the lowest address in use} */
  public long stackPointer() {
    return stackTop - (long) stackDepth * WORD_BYTES;
  }

  /** {@return the address behind its stack, which grows down from there} */
  public long stackTop() {
    return stackTop;
  }

  /** Moves the top of the stack; machine code keeps it in a register meanwhile. */
  void stackPointer(long address) {
    stackDepth = (int) ((stackTop - address) / WORD_BYTES);
  }

  /** Whether that is one of the two words of its struct that machine code looks at: all clear. */
  boolean hasFlagsAt(long address) {
    return address == structAddress() || address == structAddress() + FLAGS_OFFSET;
  }

  boolean ownsStack(long address) {
    return address < stackTop && address >= stackTop - STACK_BYTES;
  }

  void push(long value) {
    if (stackDepth >= stack.length) {
      growTo(stackDepth + 1);
    }
    stack[stackDepth++] = value;
  }

  private void growTo(int words) {
    if (words * WORD_BYTES > STACK_BYTES) {
      throw new IllegalStateException(
          "kernel stack overflow: comm=" + comm + " bytes=" + STACK_BYTES);
    }
    stack = Arrays.copyOf(stack, Math.max(words, Math.min(2 * stack.length, STACK_WORDS)));
  }

  long pop() {
    return stack[--stackDepth];
  }

  @Override
  public long read(long address, int bytes) {
    if (bytes == WORD_BYTES && address % WORD_BYTES == 0) {
      return stack[wordAt(address, false)];
    }
    long value = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      long word = stack[wordAt(address + i, false)];
      value = value << Byte.SIZE | (word >>> shiftOf(address + i) & 0xff);
    }
    return value;
  }

  @Override
  public void write(long address, int bytes, long value) {
    if (bytes == WORD_BYTES && address % WORD_BYTES == 0) {
      stack[wordAt(address, true)] = value;
      return;
    }
    wordAt(address + bytes - 1, true); // faults before anything is written, or not at all
    for (int i = 0; i < bytes; i++) {
      int word = wordAt(address + i, true);
      long mask = 0xffL << shiftOf(address + i);
      long part = (value >>> (i * Byte.SIZE)) << shiftOf(address + i);
      stack[word] = stack[word] & ~mask | part & mask;
    }
  }

  private static int shiftOf(long address) {
    return (int) (address & (WORD_BYTES - 1)) * Byte.SIZE;
  }

  private int wordAt(long address, boolean write) {
    if (!ownsStack(address)) {
      throw new PageFaultException(address, write);
    }
    int word = (int) ((stackTop - 1 - address) / WORD_BYTES);
    if (word >= stack.length) {
      growTo(word + 1);
    }
    return word;
  }

  /** {@return how many kretprobe instances follow the calls that the task is inside} */
  public int inFlightDepth() {
    return inFlightDepth;
  }

  /**
   * An entry of the in-flight list: 0 is the oldest, depth - 1 the head.
   *
   * @param position in {@code [0, inFlightDepth())}
   * @return the handle that was pushed there
   */
  public long inFlight(int position) {
    return inFlight[position];
  }

  /**
   * Puts a handle at the head of the in-flight list.
   *
   * @param handle what the probes' side knows an instance by
   */
  public void pushInFlight(long handle) {
    if (inFlightDepth == inFlight.length) {
      inFlight = Arrays.copyOf(inFlight, inFlightDepth * 2);
    }
    inFlight[inFlightDepth++] = handle;
  }

  /**
   * Cuts the in-flight list down to its {@code depth} oldest entries.
   *
   * @param depth in {@code [0, inFlightDepth()]}
   */
  public void truncateInFlight(int depth) {
    inFlightDepth = depth;
  }

  @Override
  public String toString() {
    return comm + "-" + pid;
  }
}
