package dev.kretsim.image;

import dev.kretsim.kernel.text.SymbolLine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The symbols of an image: what kallsyms of the running kernel would have. */
final class Symbols {
  /** More than any kernel with all its modules has. */
  static final int MOST = 1 << 20;

  /** What the kernel's own table leaves out, as it marks places and names nothing. */
  private static final Pattern UNNAMED =
      Pattern.compile(
          "\\$.*|\\.L.*|L0.*|__(crc|kstrtab|kstrtabns|UNIQUE_ID)_.*|__AArch64ADRPThunk_.*");

  private static final int SYMBOL_BYTES = 24;

  private final List<ImageSymbol> all;
  private final NavigableMap<Long, ImageSymbol> byAddress = new TreeMap<>(Long::compareUnsigned);
  private final Map<String, List<ImageSymbol>> byName = new HashMap<>();

  Symbols(List<ImageSymbol> symbols) {
    all = new ArrayList<>(symbols);
    all.sort(Comparator.comparing(ImageSymbol::address, Long::compareUnsigned));
    for (ImageSymbol symbol : all) {
      ImageSymbol first = byAddress.putIfAbsent(symbol.address(), symbol);
      if (first != null && !first.text() && symbol.text()) {
        byAddress.put(symbol.address(), symbol); // a mark where a function begins
      }
      byName.computeIfAbsent(symbol.name(), unused -> new ArrayList<>(1)).add(symbol);
    }
  }

  /**
   * The symbols that a file brings along.
   *
   * @param base what is added to the values of symbols, by section
   */
  static Symbols of(Elf elf, Map<Integer, Long> base) {
    List<ImageSymbol> symbols = new ArrayList<>();
    for (Elf.Section table : elf.sections()) {
      if (table.type() != Elf.Section.SYMTAB) {
        continue;
      }
      Elf.Section strings =
          elf.section(table.link())
              .orElseThrow(() -> elf.file().problem("its symbols have no names: damaged?"));
      byte[] names = elf.file().read(strings.offset(), strings.fileSize(), strings.name());
      ByteBuffer entries = elf.numbers(table);
      for (int at = 0; at + SYMBOL_BYTES <= entries.limit(); at += SYMBOL_BYTES) {
        ImageSymbol symbol = symbol(elf, entries, at, names, base);
        if (symbol != null) {
          symbols.add(symbol);
        }
        if (symbols.size() > MOST) {
          throw elf.file().problem("more than " + MOST + " symbols");
        }
      }
    }
    return new Symbols(symbols);
  }

  private static @Nullable ImageSymbol symbol(
      Elf elf, ByteBuffer entries, int at, byte[] names, Map<Integer, Long> base) {
    int kind = entries.get(at + 4) & 0xf;
    int index = Short.toUnsignedInt(entries.getShort(at + 6));
    Elf.Section section = elf.section(index).orElse(null);
    if (kind > 2 || index == 0 || section == null || !section.inMemory()) {
      return null; // neither function nor datum: a section, a file, something from elsewhere
    }
    String name = Elf.string(names, entries.getInt(at));
    if (name.isEmpty() || UNNAMED.matcher(name).matches()) {
      return null;
    }
    long address = entries.getLong(at + 8) + base.getOrDefault(index, 0L);
    return new ImageSymbol(name, address, section.executable(), null);
  }

  /** Of {@code /proc/kallsyms} or a System.map. */
  static Symbols of(List<SymbolLine> lines) {
    List<ImageSymbol> symbols = new ArrayList<>();
    for (SymbolLine line : lines) {
      if (!UNNAMED.matcher(line.name()).matches()) {
        symbols.add(new ImageSymbol(line.name(), line.address(), line.isText(), line.module()));
      }
    }
    return new Symbols(symbols);
  }

  /** All of them elsewhere. */
  Symbols shifted(long by) {
    return new Symbols(
        all.stream()
            .map(one -> new ImageSymbol(one.name(), one.address() + by, one.text(), one.module()))
            .toList());
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** One function an address, in order. */
  List<ImageSymbol> functions() {
    return byAddress.values().stream().filter(ImageSymbol::text).toList();
  }

  List<ImageSymbol> named(String name) {
    return byName.getOrDefault(name, List.of());
  }

  Set<String> names() {
    return byName.keySet();
  }

  /** Where a name is; null if there is no such. */
  @Nullable Long address(String name) {
    List<ImageSymbol> found = named(name);
    return found.isEmpty() ? null : found.get(0).address();
  }

  /** Where the next name begins; null behind the last. */
  @Nullable Long behind(long address) {
    return byAddress.higherKey(address);
  }

  /** The symbol that an address lies in or behind. */
  @Nullable ImageSymbol at(long address) {
    Map.Entry<Long, ImageSymbol> below = byAddress.floorEntry(address);
    return below == null ? null : below.getValue();
  }
}
