package dev.kretsim.planted;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A bug that somebody might make: a copy of the real thing that is one line away from it.
 *
 * @param name what is wrong
 * @param symptom by which it must be found out, as a regular expression on the first line
 * @param checks how each kind of evidence looks for it: each gives what it found
 */
public record PlantedBug(
    String name, String symptom, Map<Evidence, Supplier<Optional<String>>> checks) {
  /** A bug for the explorer to find. */
  public static PlantedBug explored(
      String name, String symptom, Supplier<Optional<String>> exploration) {
    return new PlantedBug(name, symptom, Map.of(Evidence.EXPLORER, exploration));
  }

  /** The same, with one more check. */
  public PlantedBug and(Evidence evidence, Supplier<Optional<String>> check) {
    Map<Evidence, Supplier<Optional<String>>> more = new TreeMap<>(checks);
    more.put(evidence, check);
    return new PlantedBug(name, symptom, more);
  }

  /** Whether what was found is what it was planted for. */
  public boolean isWhatWasFound(String found) {
    return Pattern.compile(symptom).matcher(found.lines().findFirst().orElse("")).find();
  }

  @Override
  public String toString() {
    return name;
  }
}
