package dev.kretsim.planted;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Prints which evidence finds which planted bug, and how fast: a Markdown table. Bugs that a column
 * has no check for, or does not find, have a dash there.
 */
public final class PlantedBugMatrix {
  private static final int NS_PER_MS = 1_000_000;

  private PlantedBugMatrix() {}

  /** Takes no arguments. */
  public static void main(String[] args) {
    System.out.print(table());
  }

  static String table() {
    StringBuilder table = new StringBuilder("| planted bug |");
    for (Evidence evidence : Evidence.values()) {
      table.append(" %s |".formatted(evidence.label()));
    }
    table.append("\n|---|").append("---|".repeat(Evidence.values().length)).append('\n');
    for (PlantedBug bug : PlantedBugs.all()) {
      table.append("| %s |".formatted(bug.name()));
      for (Evidence evidence : Evidence.values()) {
        table.append(" %s |".formatted(cell(bug, evidence)));
      }
      table.append('\n');
    }
    return table.toString();
  }

  private static String cell(PlantedBug bug, Evidence evidence) {
    Supplier<Optional<String>> check = bug.checks().get(evidence);
    if (check == null) {
      return "-";
    }
    long start = System.nanoTime();
    Optional<String> found = check.get();
    long ms = (System.nanoTime() - start) / NS_PER_MS;
    return found.filter(bug::isWhatWasFound).map(ignored -> ms + " ms").orElse("-");
  }
}
