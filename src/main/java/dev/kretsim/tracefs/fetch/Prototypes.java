package dev.kretsim.tracefs.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel's type information (BTF) tells of functions and structures, as far as it is known
 * here: a handful that recordings name. Of others nothing is known, and so nothing is refused.
 */
final class Prototypes {
  /**
   * A function.
   *
   * @param returns the type that its return value is shown as; {@code void} for none
   * @param texts those of the parameters that point to text
   */
  record Prototype(String returns, List<String> parameters, Set<String> texts) {
    boolean returnsNothing() {
      return returns.equals("void");
    }
  }

  private static final Map<String, Prototype> FUNCTIONS = new HashMap<>();
  private static final Map<String, Set<String>> STRUCTURES = new HashMap<>();

  static {
    read();
  }

  private Prototypes() {}

  /**
   * Lines are {@code function TYPE NAME: PARAMETER ...} or {@code struct NAME: FIELD ...}; a star
   * marks what points to text.
   */
  private static void read() {
    try (InputStream file = Prototypes.class.getResourceAsStream("prototypes.txt")) {
      if (file == null) {
        throw new IllegalStateException("missing from the jar: prototypes.txt");
      }
      new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(Prototypes::add);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void add(String line) {
    int colon = line.indexOf(':');
    String[] head = line.substring(0, colon).split(" ");
    List<String> names = new ArrayList<>(List.of(line.substring(colon + 1).trim().split(" +")));
    names.remove("");
    if (head[0].equals("struct")) {
      STRUCTURES.put(head[1], Set.copyOf(names));
    } else {
      Set<String> texts = new HashSet<>();
      for (int i = 0; i < names.size(); i++) {
        if (names.get(i).endsWith("*")) {
          names.set(i, names.get(i).substring(0, names.get(i).length() - 1));
          texts.add(names.get(i));
        }
      }
      FUNCTIONS.put(head[2], new Prototype(head[1], List.copyOf(names), Set.copyOf(texts)));
    }
  }

  static Optional<Prototype> of(@Nullable String function) {
    return Optional.ofNullable(function).map(FUNCTIONS::get);
  }

  /** Whether there is a structure of that name; those that are not known here count as none. */
  static boolean knowsStructure(String name) {
    return STRUCTURES.containsKey(name);
  }

  static boolean hasField(String structure, String field) {
    return STRUCTURES.getOrDefault(structure, Set.of()).contains(field);
  }
}
