package dev.kretsim.kernel.text;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A name in kallsyms: a function, or data.
 *
 * @param name as in {@code /proc/kallsyms}
 * @param address of its first byte
 * @param size in bytes
 * @param traits what there is to know about it
 * @param entryProbe where a probe on its entry lands: its address, or behind an ENDBR64
 * @param ftraceSite where ftrace hooks into it; 0 if it is not traceable
 * @param module the module it belongs to; null for the kernel itself
 */
public record Symbol(
    String name,
    long address,
    int size,
    Set<Trait> traits,
    long entryProbe,
    long ftraceSite,
    @Nullable KernelModule module) {
  /** What there is to know about a symbol. */
  public enum Trait {
    /** ftrace has a site at its entry. */
    TRACEABLE,
    /** Its body is written in Java; its text has a placeholder for it. */
    HOSTED,
    /** Its body is written in Java, and begins with a call: no jump can replace its first bytes. */
    CALLS_AT_ONCE,
    /** On the kprobe blacklist: {@code NOKPROBE_SYMBOL}, {@code noinstr}, entry code. */
    NOPROBE,
    /** On the architecture's kretprobe blacklist. */
    NO_RETURN_PROBE,
    /** Initialisation text, which is freed once the kernel or the module is up. */
    INIT,
    /** No text at all. */
    DATA
  }

  /**
   * Copies the traits.
   *
   * @param name as in {@code /proc/kallsyms}
   * @param address of its first byte
   * @param size in bytes
   * @param traits what there is to know about it
   * @param entryProbe where a probe on its entry lands
   * @param ftraceSite where ftrace hooks into it
   * @param module the module it belongs to
   */
  public Symbol {
    traits = Set.copyOf(traits);
  }

  /**
   * {@return whether it has a trait}
   *
   * @param trait which
   */
  public boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /** {@return whether ftrace has a site at its entry} */
  public boolean traceable() {
    return ftraceSite != 0;
  }

  /** {@return whether it is there now: a module's symbols come and go with it} */
  public boolean present() {
    return module == null || module.has(this);
  }

  boolean contains(long at) {
    return at >= address && at < address + size;
  }
}
