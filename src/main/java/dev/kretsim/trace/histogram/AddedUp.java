package dev.kretsim.trace.histogram;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was printed apart and counts for one function, to be said. */
final class AddedUp {
  private static final int NAMED = 5;

  private final Map<String, Set<String>> byFunction = new LinkedHashMap<>();

  /** A table that counts for the function, by what it was printed for. */
  void add(@Nullable String function, String printed) {
    byFunction
        .computeIfAbsent(String.valueOf(function), absent -> new LinkedHashSet<>())
        .add(printed);
  }

  List<String> remarks() {
    return byFunction.values().stream()
        .filter(together -> together.size() > 1)
        .map(together -> "remark: added up: " + named(together))
        .toList();
  }

  private static String named(Set<String> together) {
    String named = String.join(", ", together.stream().limit(NAMED).toList());
    return together.size() > NAMED ? named + " and " + (together.size() - NAMED) + " more" : named;
  }
}
