package dev.kretsim.kernel;

import dev.kretsim.arch.Arch;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The code bytes of the emulated kernel, and its symbols.
 *
 * <p>Functions are added while the machine is put together; afterwards only breakpoints change the
 * bytes, while CPUs run through them, as {@code text_poke} does.
 */
public final class KernelText {
  /** Where functions lie: the module area of x86-64. */
  private static final long BASE = 0xffff_ffff_c000_0000L;

  private static final int FUNCTION_BYTES = 64;
  private static final VarHandle BYTE = MethodHandles.arrayElementVarHandle(byte[].class);

  private final Arch arch;
  private final boolean branchTracking;
  private final byte[] breakpoint;
  private final Map<String, Symbol> byName = new HashMap<>();
  private final TreeMap<Long, Symbol> byAddress = new TreeMap<>();
  private byte[] bytes = new byte[0];

  KernelText(Arch arch, boolean branchTracking) {
    this.arch = arch;
    this.branchTracking = branchTracking;
    this.breakpoint = arch.breakpoint();
  }

  /**
   * Lays out a function.
   *
   * @throws IllegalArgumentException if the name is taken
   */
  Symbol define(String name, boolean traceable) {
    if (byName.containsKey(name)) {
      throw new IllegalArgumentException("function is defined twice: " + name);
    }
    int offset = bytes.length;
    bytes = Arrays.copyOf(bytes, offset + FUNCTION_BYTES);
    byte[] entry = arch.patchableEntry(traceable, branchTracking);
    System.arraycopy(entry, 0, bytes, offset, entry.length);
    byte[] leave = arch.returnInstruction();
    System.arraycopy(leave, 0, bytes, offset + FUNCTION_BYTES - leave.length, leave.length);
    long address = BASE + offset;
    long entryProbe = address + arch.probeOffset(branchTracking);
    Symbol symbol = new Symbol(name, address, FUNCTION_BYTES, traceable, entryProbe);
    byName.put(name, symbol);
    byAddress.put(address, symbol);
    return symbol;
  }

  /** The function of that name: {@code kallsyms_lookup_name}. */
  public Optional<Symbol> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The function that {@code address} lies in. */
  public Optional<Symbol> at(long address) {
    Map.Entry<Long, Symbol> below = byAddress.floorEntry(address);
    return Optional.ofNullable(below)
        .map(Map.Entry::getValue)
        .filter(symbol -> symbol.contains(address));
  }

  /** Bytes of text; {@link #offsetOf} is below it for every address in the text. */
  public int size() {
    return bytes.length;
  }

  /** An address as an index, for tables about text. */
  public int offsetOf(long address) {
    return (int) (address - BASE);
  }

  /** Copies {@code count} bytes from {@code address} on. */
  public byte[] read(long address, int count) {
    int offset = offsetOf(address);
    return Arrays.copyOfRange(bytes, offset, offset + count);
  }

  /** Whether the instruction at {@code address} is a breakpoint now. */
  boolean isBreakpoint(long address) {
    // The last byte tells: nothing that a function starts with ends like a breakpoint.
    int offset = offsetOf(address) + breakpoint.length - 1;
    return (byte) BYTE.getOpaque(bytes, offset) == breakpoint[breakpoint.length - 1];
  }

  /**
   * Replaces the instruction at {@code address} by a breakpoint: {@code arch_arm_kprobe}.
   *
   * @return the bytes that were there, for {@link #restore}
   */
  public byte[] arm(long address) {
    byte[] original = read(address, breakpoint.length);
    poke(address, breakpoint);
    return original;
  }

  /** Puts back what {@link #arm} replaced: {@code arch_disarm_kprobe}. */
  public void restore(long address, byte[] original) {
    poke(address, original);
  }

  private void poke(long address, byte[] instruction) {
    int offset = offsetOf(address);
    for (int i = 0; i < instruction.length; i++) {
      BYTE.setRelease(bytes, offset + i, instruction[i]);
    }
  }
}
