package dev.kretsim.image;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.image.Tables.Range;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.DidYouMean;
import java.io.Closeable;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A kernel, or a module, in a file: its functions and what is known of them. */
public final class KernelImage implements Closeable {
  /** Longer than any function: where one seems to be, symbols are missing. */
  public static final int LONGEST_FUNCTION = 1 << 18;

  /**
   * A function.
   *
   * @param size bytes to the next symbol
   */
  public record Function(String name, long address, int size) {}

  private final Loaded loaded;
  private final Symbols symbols;
  private final String symbolSource;

  private KernelImage(Loaded loaded, Symbols symbols, String symbolSource) {
    this.loaded = loaded;
    this.symbols = symbols;
    this.symbolSource = symbolSource;
  }

  /**
   * Opens an image; packed ones are unpacked.
   *
   * @param name a file: vmlinux, vmlinuz, a module, a dump of {@code /proc/kcore}; or {@code -}
   * @param symbols a System.map or kallsyms; null where the image brings its own
   * @throws BadInputException if it cannot be used
   */
  public static KernelImage open(String name, InputStream standardInput, @Nullable Path symbols) {
    Symbols given = symbols == null ? null : SymbolFile.read(symbols);
    ImageFile file = Boot.innermost(ImageFile.open(name, standardInput));
    boolean opened = false;
    try {
      Loaded loaded = Loaded.of(file, given);
      KernelImage image = with(loaded, given, symbols);
      opened = true;
      return image;
    } finally {
      if (!opened) {
        file.close();
      }
    }
  }

  private static KernelImage with(Loaded loaded, @Nullable Symbols given, @Nullable Path from) {
    Symbols own = loaded.symbols();
    if (given != null && !loaded.module()) {
      return new KernelImage(loaded, inPlace(given, loaded, String.valueOf(from)), from + "");
    }
    if (own.functions().isEmpty()) {
      throw loaded
          .file()
          .problem(
              "it brings no symbols; give --symbols with the System.map of that very build (Debian"
                  + " has it in the -dbg package) or with /proc/kallsyms as root reads it");
    }
    return new KernelImage(loaded, own, "the image itself");
  }

  /** Where the kernel was booted at another address than it was linked for, as it was linked. */
  private static Symbols inPlace(Symbols given, Loaded loaded, String from) {
    Range text = loaded.sections().get(".text");
    Long start = given.address("_stext");
    Symbols placed = given;
    if (text != null && start != null && start != text.start()) {
      long distance = text.start() - start;
      if (distance % 4096 != 0) {
        throw new BadInputException(
            from
                + ": its _stext is not where the image's text begins;"
                + " are both of the same build?");
      }
      placed = given.shifted(distance);
    }
    if (placed.functions().stream().noneMatch(one -> loaded.layout().extent(one.address()) > 0)) {
      throw new BadInputException(
          from
              + ": none of its functions lie in the image; Debian's is a stub, the real one is in"
              + " the -dbg package");
    }
    return placed;
  }

  /** {@return the architecture it was built for} */
  public Arch arch() {
    return loaded.arch();
  }

  /** {@return where its symbols came from, in words} */
  public String symbolSource() {
    return symbolSource;
  }

  /** {@return whether its text was taken from memory, patched as that kernel had booted} */
  public boolean fromMemory() {
    return loaded.memory();
  }

  /**
   * {@return the release it was built as, such as {@code 6.12.9-amd64}; empty if it does not say}
   */
  public Optional<String> release() {
    return Release.of(loaded, symbols);
  }

  /**
   * {@return whether it is built against branch speculation or for indirect branch tracking, so
   * that indirect jumps do not keep others of its functions' probes from being optimised}
   */
  public boolean branchTracking() {
    return loaded.sections().containsKey(".ibt_endbr_seal")
        || loaded.sections().containsKey(".retpoline_sites")
        || symbols.address("__x86_indirect_thunk_rax") != null;
  }

  /**
   * {@return all functions, by address; names for the same address are one, and those with more
   * than {@link #LONGEST_FUNCTION} bytes to the next symbol, which is padding, are left out}
   */
  public List<Function> functions() {
    List<Function> functions = new ArrayList<>();
    for (ImageSymbol symbol : symbols.functions()) {
      long size = size(symbol);
      if (size > 0 && size <= LONGEST_FUNCTION) {
        functions.add(new Function(symbol.name(), symbol.address(), (int) size));
      }
    }
    return functions;
  }

  /**
   * {@return the functions of that name: several, if several files have one}
   *
   * @throws BadInputException if there is none, or its bytes are not in the image
   */
  public List<Function> named(String name) {
    List<Function> functions = new ArrayList<>();
    for (ImageSymbol symbol : symbols.named(name)) {
      long size = size(symbol);
      if (size > LONGEST_FUNCTION) {
        throw loaded
            .file()
            .problem(
                "%s has %d bytes to the next symbol; are symbols missing?".formatted(name, size));
      }
      if (symbol.text() && size > 0) {
        functions.add(new Function(name, symbol.address(), (int) size));
      }
    }
    if (functions.isEmpty()) {
      boolean known = !symbols.named(name).isEmpty();
      throw new BadInputException(
          name
              + (known ? ": no function, or its bytes are not in " : ": no such symbol in ")
              + loaded.file().name()
              + (known ? "" : DidYouMean.hint(symbols.names(), name)));
    }
    return functions;
  }

  private long size(ImageSymbol symbol) {
    long there = loaded.layout().extent(symbol.address());
    Long next = symbols.behind(symbol.address());
    return next == null ? there : Math.min(there, next - symbol.address());
  }

  Loaded loaded() {
    return loaded;
  }

  Symbols symbols() {
    return symbols;
  }

  @Override
  public void close() {
    loaded.file().close();
  }
}
