package dev.kretsim.tracefs.event;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.kernel.text.SymbolLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The symbols of a kernel by name: from a symbol file, or a few thousand that are built in. */
public final class KnownSymbols {
  /**
   * What is known of a name in the kernel itself, or in one module.
   *
   * @param module it is in; null for the kernel itself
   * @param times how often it occurs there
   */
  public record Known(Set<Symbol.Trait> traits, @Nullable String module, int times) {
    Known again() {
      return new Known(traits, module, times + 1);
    }
  }

  private static final Set<Symbol.Trait> TRACEABLE = Set.of(Symbol.Trait.TRACEABLE);

  private final Map<String, List<Known>> byName = new HashMap<>();
  private final Map<String, Long> addresses = new HashMap<>();
  private final TreeMap<Long, String> byAddress = new TreeMap<>(Long::compareUnsigned);
  private final boolean complete;

  private KnownSymbols(boolean complete) {
    this.complete = complete;
  }

  /** Functions that most kernels have. */
  public static KnownSymbols builtIn() {
    KnownSymbols symbols = new KnownSymbols(false);
    try (InputStream file = KnownSymbols.class.getResourceAsStream("symbols.txt")) {
      if (file == null) {
        throw new IllegalStateException("missing from the jar: symbols.txt");
      }
      new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(symbols::addBuiltIn);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return symbols;
  }

  private void addBuiltIn(String line) {
    String[] words = line.split(" ");
    String kind = words.length > 1 ? words[1] : "t";
    int times = kind.equals("m") ? 2 : 1;
    byName.put(words[0], List.of(new Known(traitsOf(kind), null, times)));
  }

  private static Set<Symbol.Trait> traitsOf(String kind) {
    return switch (kind) {
      case "f" -> Set.of();
      case "b" -> Set.of(Symbol.Trait.NOPROBE);
      case "s" -> Set.of(Symbol.Trait.NO_RETURN_PROBE);
      case "d" -> Set.of(Symbol.Trait.DATA);
      default -> TRACEABLE;
    };
  }

  /**
   * Reads {@code /proc/kallsyms}, or a System.map.
   *
   * @param name for messages
   * @throws BadInputException if it is neither
   */
  public static KnownSymbols read(String name, Reader file) throws IOException {
    KnownSymbols symbols = new KnownSymbols(true);
    BufferedReader lines = new BufferedReader(file);
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      symbols.add(SymbolLine.parse(name, number, line));
    }
    if (symbols.byName.isEmpty()) {
      throw new BadInputException(name + ": no symbols; is it /proc/kallsyms or a System.map?");
    }
    return symbols;
  }

  private void add(SymbolLine line) {
    Set<Symbol.Trait> traits = line.isText() ? TRACEABLE : Set.of(Symbol.Trait.DATA);
    byName.merge(line.name(), List.of(new Known(traits, line.module(), 1)), KnownSymbols::counted);
    if (line.address() != 0) { // otherwise it is hidden
      addresses.putIfAbsent(line.name(), line.address());
      byAddress.putIfAbsent(line.address(), line.name());
    }
  }

  /** A symbol, and bytes behind its start. */
  record Place(String symbol, long offset) {}

  /** What lies at an address; empty if the file does not tell. */
  Optional<Place> at(long address) {
    return Optional.ofNullable(byAddress.floorEntry(address))
        .map(below -> new Place(below.getValue(), address - below.getKey()));
  }

  /** What lies so many bytes behind a symbol's start; empty if the file does not tell. */
  Optional<Place> behind(String symbol, long offset) {
    Long start = addresses.get(symbol);
    return start == null || count(null, symbol) != 1 ? Optional.empty() : at(start + offset);
  }

  private static List<Known> counted(List<Known> before, List<Known> one) {
    List<Known> all = new ArrayList<>(before);
    for (int i = 0; i < all.size(); i++) {
      if (Objects.equals(all.get(i).module(), one.get(0).module())) {
        all.set(i, all.get(i).again());
        return all;
      }
    }
    all.addAll(one);
    return all;
  }

  /** Adds a symbol by hand. */
  public KnownSymbols with(String name, Known known) {
    byName.put(name, List.of(known));
    return this;
  }

  /** Takes a symbol away by hand. */
  public KnownSymbols without(String name) {
    byName.remove(name);
    return this;
  }

  /** What is known of a name, of functions first; empty if there is no such symbol. */
  public Optional<Known> find(String name) {
    List<Known> all = byName.getOrDefault(name, List.of());
    return all.stream()
        .filter(known -> !known.traits().contains(Symbol.Trait.DATA))
        .findFirst()
        .or(() -> all.stream().findFirst());
  }

  /**
   * How many symbols have that name.
   *
   * @param module to look in; null for everywhere
   */
  int count(@Nullable String module, String name) {
    return byName.getOrDefault(name, List.of()).stream()
        .filter(known -> module == null || module.equals(known.module()))
        .mapToInt(Known::times)
        .sum();
  }

  /** The modules that have a symbol of that name. */
  List<String> modulesWith(String name) {
    return byName.getOrDefault(name, List.of()).stream()
        .map(Known::module)
        .filter(Objects::nonNull)
        .toList();
  }

  /** The modules that symbols are in. */
  Set<String> modules() {
    Set<String> modules = new HashSet<>();
    for (List<Known> everywhere : byName.values()) {
      for (Known known : everywhere) {
        if (known.module() != null) {
          modules.add(known.module());
        }
      }
    }
    return modules;
  }

  /** Whether a name that is not known does not exist. */
  public boolean complete() {
    return complete;
  }

  /** How many there are. */
  public int size() {
    return byName.size();
  }

  /** The name that is most like a mistyped one; empty if none is like it. */
  public Optional<String> nearest(String mistyped) {
    int most = Math.max(1, mistyped.length() / 4);
    Collection<String> names = byName.keySet();
    return names.stream()
        .filter(name -> Math.abs(name.length() - mistyped.length()) <= most)
        .map(name -> Map.entry(distance(name, mistyped), name))
        .filter(entry -> entry.getKey() <= most)
        .min(
            Comparator.<Map.Entry<Integer, String>>comparingInt(Map.Entry::getKey)
                .thenComparing(Map.Entry::getValue))
        .map(Map.Entry::getValue);
  }

  /** Letters to add, drop or change to get from one to the other. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
