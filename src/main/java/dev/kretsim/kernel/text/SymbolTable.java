package dev.kretsim.kernel.text;

import dev.kretsim.arch.choice.Arch;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Names and addresses of everything in the kernel and its loaded modules: kallsyms. */
public final class SymbolTable {
  /** Room that a function gets whose body is written in Java. */
  private static final int HOSTED_BYTES = 64;

  private static final int DATA_BYTES = 8;
  private static final int ALIGNMENT = 16;
  private static final int PAGE_BYTES = 4096;

  private final Arch arch;
  private final boolean branchTracking;
  private final KernelText text;
  private final DataMemory data;
  private final Map<String, Symbol> byName = new HashMap<>();
  private final TreeMap<Long, Symbol> byAddress = new TreeMap<>();

  /**
   * Makes an empty table.
   *
   * @param arch the machine's architecture
   * @param branchTracking whether the kernel is built for indirect branch tracking
   * @param text where the code of symbols goes
   * @param data where symbols that are no text lie
   */
  public SymbolTable(Arch arch, boolean branchTracking, KernelText text, DataMemory data) {
    this.arch = arch;
    this.branchTracking = branchTracking;
    this.text = text;
    this.data = data;
  }

  /**
   * Adds a function whose body is written in Java.
   *
   * @param name unused so far
   * @param traits what there is to know about it
   * @param module what it belongs to; null for the kernel itself
   * @return its symbol
   * @throws IllegalArgumentException if the name is in use
   */
  public Symbol defineHosted(String name, Set<Symbol.Trait> traits, @Nullable KernelModule module) {
    requireUnused(name);
    boolean traceable = traits.contains(Symbol.Trait.TRACEABLE);
    byte[] code = arch.hostedFunction(traceable, branchTracking);
    Set<Symbol.Trait> all = new HashSet<>(traits);
    all.add(Symbol.Trait.HOSTED);
    long address = text.append(code, HOSTED_BYTES, ALIGNMENT);
    return add(name, address, HOSTED_BYTES, all, module);
  }

  /**
   * Adds a function as machine code.
   *
   * @param name unused so far
   * @param code its bytes
   * @param size bytes up to the next symbol, at least the code's
   * @param traits what there is to know about it
   * @return its symbol
   * @throws IllegalArgumentException if the name is in use
   */
  public Symbol defineCode(String name, byte[] code, int size, Set<Symbol.Trait> traits) {
    requireUnused(name);
    return add(name, text.append(code, size, ALIGNMENT), size, traits, null);
  }

  /**
   * Adds functions that were linked together, as machine code.
   *
   * @param image their bytes and their names
   * @throws IllegalArgumentException if one of the names is in use
   */
  public void defineImage(CodeImage image) {
    long start = text.append(image.bytes(), image.bytes().length, PAGE_BYTES);
    for (CodeImage.Part part : image.parts()) {
      requireUnused(part.name());
      add(part.name(), start + part.offset(), part.size(), part.traits(), null);
    }
  }

  /**
   * Makes a name free for another symbol; what has it stays where it is.
   *
   * @param name in use so far
   */
  public void forgetName(String name) {
    byName.remove(name);
  }

  /**
   * Adds a symbol that is no text.
   *
   * @param name unused so far
   * @return its symbol
   * @throws IllegalArgumentException if the name is in use
   */
  public Symbol defineData(String name) {
    requireUnused(name);
    long address = data.allocate(DATA_BYTES);
    return add(name, address, DATA_BYTES, Set.of(Symbol.Trait.DATA), null);
  }

  private Symbol add(
      String name,
      long address,
      int size,
      Set<Symbol.Trait> traits,
      @Nullable KernelModule module) {
    boolean isText = !traits.contains(Symbol.Trait.DATA);
    // A site for ftrace stands behind a landing pad even where probes know nothing of that.
    boolean pad = isText && arch.startsWithBranchTarget(text.readCompiled(address, 4));
    long behindPad = address + (pad ? 4 : 0);
    long entryProbe = branchTracking ? behindPad : address;
    long site = traits.contains(Symbol.Trait.TRACEABLE) ? behindPad + siteOffset(address) : 0;
    Symbol symbol = new Symbol(name, address, size, traits, entryProbe, site, module);
    byName.put(name, symbol);
    byAddress.put(address, symbol);
    return symbol;
  }

  private int siteOffset(long address) {
    return arch.ftraceOffset(text.readCompiled(address, arch.instructionAlignment()));
  }

  private void requireUnused(String name) {
    if (byName.containsKey(name)) {
      throw new IllegalArgumentException("function is defined twice: " + name);
    }
  }

  /**
   * Makes a module's text what was compiled, as loading it again does.
   *
   * @param module the module
   */
  public void restoreText(KernelModule module) {
    for (Symbol symbol : byAddress.values()) {
      if (symbol.module() == module) {
        text.restore(symbol.address(), symbol.size());
      }
    }
  }

  /** {@return for each byte of text, the function whose Java body that byte stands for, or null} */
  public Symbol[] placeholders() {
    Symbol[] places = new Symbol[text.size()];
    for (Symbol symbol : byAddress.values()) {
      if (symbol.has(Symbol.Trait.HOSTED)) {
        places[text.offsetOf(symbol.entryProbe()) + arch.placeholderOffset(symbol.traceable())] =
            symbol;
      }
    }
    return places;
  }

  /**
   * {@return the symbol of that name, if it is there now: {@code kallsyms_lookup_name}}
   *
   * @param name as in {@code /proc/kallsyms}
   */
  public Optional<Symbol> find(String name) {
    return Optional.ofNullable(byName.get(name)).filter(Symbol::present);
  }

  /**
   * {@return the symbol that {@code address} lies in, if it is there now}
   *
   * @param address any
   */
  public Optional<Symbol> at(long address) {
    Map.Entry<Long, Symbol> below = byAddress.floorEntry(address);
    return Optional.ofNullable(below)
        .map(Map.Entry::getValue)
        .filter(symbol -> symbol.contains(address) && symbol.present());
  }

  /**
   * {@return the kprobe blacklist, as debugfs shows it: a range and its symbol a line, by address}
   */
  public List<String> blacklist() {
    return byAddress.values().stream()
        .filter(symbol -> symbol.has(Symbol.Trait.NOPROBE))
        .map(
            symbol ->
                "0x%016x-0x%016x\t%s"
                    .formatted(symbol.address(), symbol.address() + symbol.size(), symbol.name()))
        .toList();
  }

  /**
   * {@return an address as {@code symbol+0xoffset}, or as a number if it is in none}
   *
   * @param address any
   */
  public String describe(long address) {
    return at(address)
        .map(symbol -> "%s+0x%x".formatted(symbol.name(), address - symbol.address()))
        .orElseGet(() -> "0x" + Long.toHexString(address));
  }
}
