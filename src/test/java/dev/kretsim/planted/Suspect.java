package dev.kretsim.planted;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What is looked at: a planted bug, which is a copy of the real thing one line away from it, or the
 * real thing, about which nothing must be found.
 *
 * @param name what is wrong, or what ships
 * @param checks how each kind of evidence looks at it: each gives what it found
 */
public record Suspect(String name, Map<Evidence, Supplier<Optional<String>>> checks) {
  /** Nothing looks at it yet. */
  public static Suspect named(String name) {
    return new Suspect(name, Map.of());
  }

  /** The same, with one more check. */
  public Suspect by(Evidence evidence, Supplier<Optional<String>> check) {
    Map<Evidence, Supplier<Optional<String>>> more = new TreeMap<>(checks);
    more.put(evidence, check);
    return new Suspect(name, more);
  }

  /**
   * The same, looked at by the explorer.
   *
   * @param symptom how the first line of what it finds must look, as a regular expression: a bug
   *     that is found by another breach than its own shows that the twin is broken elsewhere
   */
  public Suspect explored(String symptom, Supplier<Optional<String>> exploration) {
    Pattern expected = Pattern.compile(symptom);
    return by(
        Evidence.EXPLORER,
        () -> {
          Optional<String> found = exploration.get().map(Suspect::firstLine);
          if (found.isPresent() && !expected.matcher(found.get()).find()) {
            throw new AssertionError("%s: not by %s: %s".formatted(name, symptom, found.get()));
          }
          return found;
        });
  }

  static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }

  /** What one kind of evidence finds; nothing if it has no check for this. */
  public Optional<String> foundBy(Evidence evidence) {
    return checks.getOrDefault(evidence, Optional::empty).get();
  }

  @Override
  public String toString() {
    return name;
  }
}
