package dev.kretsim.kernel.text;

import dev.kretsim.arch.Instruction;
import dev.kretsim.arch.choice.Arch;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The code bytes of the emulated kernel.
 *
 * <p>Functions are laid out while the machine is put together; afterwards only probes change the
 * bytes, while CPUs run through them, as {@code text_poke} does. What was compiled is kept beside:
 * decoding always looks at that.
 */
public final class KernelText {
  /** Where functions lie unless told otherwise: in the module area of x86-64. */
  public static final long USUAL_BASE = 0xffff_ffff_c000_0000L;

  private static final int FIRST_BYTES = 4096;
  private static final VarHandle BYTE = MethodHandles.arrayElementVarHandle(byte[].class);
  private static final VarHandle DECODED = MethodHandles.arrayElementVarHandle(Instruction[].class);

  private final Arch arch;
  private final long base;
  private final byte[] breakpoint;
  private byte[] bytes = new byte[FIRST_BYTES];
  private int size;
  private byte[] compiled = bytes;
  private @Nullable Instruction[] decoded = new Instruction[0];

  /** The last function walked through: callers ask for many of its addresses in a row. */
  private @Nullable Walk walk;

  private record Walk(Symbol function, BitSet starts) {}

  /**
   * Makes an empty text.
   *
   * @param arch whose instructions it will hold
   * @param base the address of its first byte; on x86-64 within 2 GiB of the slots
   */
  public KernelText(Arch arch, long base) {
    this.arch = arch;
    this.base = base;
    this.breakpoint = arch.breakpoint();
  }

  /** Lays out code, with padding behind it up to {@code length} bytes; returns its address. */
  long append(byte[] code, int length, int alignment) {
    int start = (size + alignment - 1) / alignment * alignment;
    int end = start + length;
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
      compiled = bytes;
    }
    byte[] padding = arch.padding();
    for (int at = size; at < end; at++) {
      bytes[at] = padding[at % padding.length];
    }
    System.arraycopy(code, 0, bytes, start, code.length);
    size = end;
    return base + start;
  }

  /** The text is complete: from now on, what was compiled and what is there may differ. */
  public void complete() {
    compiled = bytes.clone();
    decoded = new Instruction[size];
  }

  /**
   * {@return how many bytes of text there are; {@link #offsetOf} is below it for every address in
   * the text}
   */
  public int size() {
    return size;
  }

  /**
   * {@return whether {@code address} lies in the text}
   *
   * @param address any
   */
  public boolean contains(long address) {
    return address >= base && address < base + size;
  }

  /**
   * {@return an address as an index, for tables about text}
   *
   * @param address in the text
   */
  public int offsetOf(long address) {
    return (int) (address - base);
  }

  /**
   * {@return a copy of {@code count} bytes from {@code address} on, as they are now}
   *
   * @param address in the text
   * @param count how many bytes
   */
  public byte[] read(long address, int count) {
    int offset = offsetOf(address);
    return Arrays.copyOfRange(bytes, offset, offset + count);
  }

  /**
   * {@return a copy of {@code count} bytes from {@code address} on, as they were compiled}
   *
   * @param address in the text
   * @param count how many bytes
   */
  public byte[] readCompiled(long address, int count) {
    int offset = offsetOf(address);
    return Arrays.copyOfRange(compiled, offset, offset + count);
  }

  /**
   * {@return whether a probe has changed the instruction at {@code address}}
   *
   * @param address in the text
   */
  public boolean isPatched(long address) {
    // The last byte of a breakpoint tells: on arm64 no instruction that can be probed ends so, and
    // on x86-64 it is the only one.
    int offset = offsetOf(address) + breakpoint.length - 1;
    return (byte) BYTE.getOpaque(bytes, offset) != compiled[offset];
  }

  /**
   * {@return the instruction that was compiled at {@code address}; null if these bytes are none}
   *
   * @param address in the text
   */
  public @Nullable Instruction instructionAt(long address) {
    int offset = offsetOf(address);
    Instruction known = (Instruction) DECODED.getAcquire(decoded, offset);
    if (known == null) {
      known = arch.instructions().decode(compiled, offset).orElse(null);
      DECODED.setRelease(decoded, offset, known);
    }
    return known;
  }

  /**
   * How far into a function an instruction starts: walks over whole instructions from its start, as
   * {@code can_probe} does. One caller at a time.
   *
   * @param function the function that is walked through
   * @param address where the instruction is supposed to start
   * @return empty if {@code address} is in the middle of one, or the walk meets bytes that are none
   */
  public OptionalInt boundary(Symbol function, long address) {
    if (walk == null || !walk.function.equals(function)) {
      walk = new Walk(function, startsIn(function));
    }
    int offset = (int) (address - function.address());
    return walk.starts.get(offset) ? OptionalInt.of(offset) : OptionalInt.empty();
  }

  private BitSet startsIn(Symbol function) {
    BitSet starts = new BitSet(function.size());
    for (int at = 0; at < function.size(); ) {
      starts.set(at);
      Instruction instruction = instructionAt(function.address() + at);
      if (instruction == null) {
        break;
      }
      at += instruction.length();
    }
    return starts;
  }

  /**
   * Replaces bytes while CPUs may be running through them: {@code text_poke_bp}. The first byte
   * comes last, so that nobody executes half an instruction.
   *
   * @param address where the first byte goes
   * @param instruction the new bytes
   */
  public void poke(long address, byte[] instruction) {
    int offset = offsetOf(address);
    for (int i = instruction.length - 1; i >= 0; i--) {
      BYTE.setRelease(bytes, offset + i, instruction[i]);
    }
  }

  /**
   * Puts back what was compiled at {@code address}.
   *
   * @param address of the first byte
   * @param count how many bytes
   */
  public void restore(long address, int count) {
    poke(address, readCompiled(address, count));
  }
}
