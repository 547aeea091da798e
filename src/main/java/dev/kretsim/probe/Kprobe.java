package dev.kretsim.probe;

import dev.kretsim.arch.PtRegs;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A probe on one instruction: {@code struct kprobe}.
 *
 * <p>Filled in by its owner, then given to {@code Kprobes.register}. As in the kernel, the object
 * remembers: registration stores the resolved address in it, and unregistration leaves it disabled,
 * so whoever registers it again calls {@link #reset} first.
 */
public final class Kprobe {
  /** Runs before the probed instruction. */
  @FunctionalInterface
  public interface PreHandler {
    /**
     * Handles a hit.
     *
     * @param probe which was hit
     * @param regs as they are before the instruction
     * @return 0 to go on; anything else says that the handler has redirected execution by setting
     *     the instruction pointer, and ends the chain of probes at this address
     */
    int handle(Kprobe probe, PtRegs regs);
  }

  /** Runs after the probed instruction. */
  @FunctionalInterface
  public interface PostHandler {
    /**
     * Handles a hit.
     *
     * @param probe which was hit
     * @param regs as they are after the instruction
     */
    void handle(Kprobe probe, PtRegs regs);
  }

  /** Runs when one of the probe's handlers faults; kernels up to 5.13. */
  @FunctionalInterface
  public interface FaultHandler {
    /**
     * Looks at a fault.
     *
     * @param probe which was hit
     * @param regs as they are where the handler faulted
     * @param trap the trap's number: 14 for a page fault
     * @return whether the fault is dealt with; otherwise it hits the task that ran into the probe
     */
    boolean handle(Kprobe probe, PtRegs regs, int trap);
  }

  private static final int KERNEL_FLAGS = ~KprobeFlag.DISABLED.bit();

  private final @Nullable Kretprobe kretprobe;
  private @Nullable String symbolName;
  private long addr;
  private int offset;
  private int flags;
  private @Nullable PreHandler preHandler;
  private @Nullable PostHandler postHandler;
  private @Nullable FaultHandler faultHandler;
  private byte @Nullable [] opcode;
  private @Nullable Memory missed;
  private int missedWord;
  private boolean registered;

  /** A probe whose place is still to be set. */
  public Kprobe() {
    this(null);
  }

  Kprobe(@Nullable Kretprobe kretprobe) {
    this.kretprobe = kretprobe;
  }

  /**
   * {@return a probe on the entry of a function}
   *
   * @param symbolName the function
   */
  public static Kprobe on(String symbolName) {
    return new Kprobe().symbolName(symbolName);
  }

  /**
   * Names the function; the alternative to {@link #addr(long)}. Null clears it.
   *
   * @param name the function or other symbol, or null
   * @return this
   */
  public Kprobe symbolName(@Nullable String name) {
    symbolName = name;
    return this;
  }

  /**
   * Sets the distance from the symbol or address to the instruction.
   *
   * @param bytes from the start of the symbol, or from the address
   * @return this
   */
  public Kprobe offset(int bytes) {
    offset = bytes;
    return this;
  }

  /**
   * Names the instruction by its address; the alternative to {@link #symbolName(String)}.
   *
   * @param address of the instruction; 0 clears it
   * @return this
   */
  public Kprobe addr(long address) {
    addr = address;
    return this;
  }

  /**
   * Sets what runs before the instruction.
   *
   * @param handler null for none
   * @return this
   */
  public Kprobe preHandler(@Nullable PreHandler handler) {
    preHandler = handler;
    return this;
  }

  /**
   * Sets what runs after the instruction.
   *
   * @param handler null for none
   * @return this
   */
  public Kprobe postHandler(@Nullable PostHandler handler) {
    postHandler = handler;
    return this;
  }

  /**
   * Sets what is asked about faults of the other handlers.
   *
   * @param handler null for none
   * @return this
   */
  public Kprobe faultHandler(@Nullable FaultHandler handler) {
    faultHandler = handler;
    return this;
  }

  /**
   * Sets the flags word; registration keeps only {@link KprobeFlag#DISABLED} of it.
   *
   * @param bits as in {@link KprobeFlag#bit}
   * @return this
   */
  public Kprobe flags(int bits) {
    flags = bits;
    return this;
  }

  /**
   * Forgets address and flags, as an owner must before it registers the same object again.
   *
   * @return this
   */
  public Kprobe reset() {
    return addr(0).flags(0);
  }

  /** {@return the symbol that was named, or null} */
  public @Nullable String symbolName() {
    return symbolName;
  }

  /** {@return the address given, or since registration the resolved one; 0 is none} */
  public long addr() {
    return addr;
  }

  /** {@return how many bytes are added to the symbol or address} */
  public int offset() {
    return offset;
  }

  /** {@return the flags that are set} */
  public Set<KprobeFlag> flags() {
    Set<KprobeFlag> set = EnumSet.noneOf(KprobeFlag.class);
    for (KprobeFlag flag : KprobeFlag.values()) {
      if (has(flag)) {
        set.add(flag);
      }
    }
    return set;
  }

  /**
   * {@return {@code kp.nmissed}: how many hits no handler ran for, as a probe was active on that
   * CPU already. A plain increment in the kernel: it may be too low when CPUs count at once}
   */
  public long nmissed() {
    return missed == null ? 0 : missed.getOpaque(missedWord);
  }

  /** {@return the bytes that the breakpoint replaces; empty before registration} */
  public byte[] opcode() {
    return opcode == null ? new byte[0] : opcode.clone();
  }

  /** {@return what is asked about faults of the other handlers, or null} */
  public @Nullable FaultHandler faultHandler() {
    return faultHandler;
  }

  /** {@return what runs before the instruction, or null} */
  public @Nullable PreHandler preHandler() {
    return preHandler;
  }

  /** {@return what runs after the instruction, or null} */
  public @Nullable PostHandler postHandler() {
    return postHandler;
  }

  /** {@return the kretprobe whose entry half this is, or null} */
  public @Nullable Kretprobe kretprobe() {
    return kretprobe;
  }

  /**
   * {@return whether a flag is set}
   *
   * @param flag a single flag
   */
  public boolean has(KprobeFlag flag) {
    return (flags & flag.bit()) != 0;
  }

  /** {@return whether it is neither disabled by its owner nor without text} */
  public boolean enabled() {
    return (flags & (KprobeFlag.DISABLED.bit() | KprobeFlag.GONE.bit())) == 0;
  }

  /**
   * Sets a flag.
   *
   * @param flag a single flag
   */
  public void set(KprobeFlag flag) {
    flags |= flag.bit();
  }

  /**
   * Clears a flag.
   *
   * @param flag a single flag
   */
  public void clear(KprobeFlag flag) {
    flags &= ~flag.bit();
  }

  /** {@return whether it is registered} */
  public boolean registered() {
    return registered;
  }

  /**
   * What registration does first: stores the address, forgets what the caller may not set.
   *
   * @param address where it lands
   * @param memories makes the memory that its count of missed hits lies in
   */
  public void start(long address, Memory.Factory memories) {
    Layout layout = new Layout();
    missedWord = layout.reserve(1);
    missed = memories.create(layout);
    addr = address;
    flags &= ~KERNEL_FLAGS;
  }

  /**
   * What registration does last.
   *
   * @param replaced the bytes that the breakpoint replaces
   */
  public void registered(byte[] replaced) {
    opcode = replaced;
    registered = true;
  }

  /** What unregistering does: the object may be registered again. */
  public void unregistered() {
    registered = false;
  }

  /** Counts a hit for which no handler ran. */
  public void countMissed() {
    if (missed != null) {
      missed.setOpaque(missedWord, missed.getOpaque(missedWord) + 1);
    }
  }

  @Override
  public String toString() {
    String place = symbolName == null ? "0x" + Long.toHexString(addr) : symbolName;
    return offset == 0 ? place : place + "+" + offset;
  }
}
