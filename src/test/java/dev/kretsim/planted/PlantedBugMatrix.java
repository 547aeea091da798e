package dev.kretsim.planted;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Prints which evidence finds which planted bug, and how fast: a Markdown table. A dash means that
 * nothing looks for the bug there, or that it was not found.
 */
public final class PlantedBugMatrix {
  private static final int NS_PER_MS = 1_000_000;
  private static final int MS_PER_S = 1_000;
  private static final String NOT_FOUND = "-";

  private final Jcstress jcstress = Jcstress.asConfigured();

  private final List<String> wanted;

  private PlantedBugMatrix(List<String> wanted) {
    this.wanted = wanted;
  }

  /** Takes what the names of wanted rows begin with; all are, if nothing is given. */
  public static void main(String[] args) {
    PlantedBugMatrix matrix = new PlantedBugMatrix(List.of(args));
    row("planted bug", Stream.of(Evidence.values()).map(Evidence::label).toList());
    row("---", Stream.of(Evidence.values()).map(ignored -> "---").toList());
    PlantedBugs.groups().forEach(group -> matrix.print(group.name(), group.suspects()));
    matrix.print("what ships", PlantedBugs.shipped());
  }

  private void print(String group, List<Suspect> suspects) {
    row("**" + group + "**", Stream.of(Evidence.values()).map(ignored -> "").toList());
    for (Suspect suspect : suspects) {
      if (!wanted.isEmpty() && wanted.stream().noneMatch(suspect.name()::startsWith)) {
        continue;
      }
      List<String> cells = new ArrayList<>();
      for (Evidence evidence : Evidence.values()) {
        cells.add(cell(jcstress.looksAt(suspect), evidence));
      }
      row(suspect.name(), cells);
    }
  }

  private static void row(String name, List<String> cells) {
    System.out.println("| %s | %s |".formatted(name, String.join(" | ", cells)));
  }

  private static String cell(Suspect suspect, Evidence evidence) {
    long start = System.nanoTime();
    Optional<String> found = suspect.foundBy(evidence);
    long ms = (System.nanoTime() - start) / NS_PER_MS;
    found.ifPresent(
        what ->
            System.err.printf("%s, %s: %s%n", suspect, evidence.label(), Suspect.firstLine(what)));
    return found.isEmpty()
        ? NOT_FOUND
        : ms < MS_PER_S ? Math.max(1, ms) + " ms" : "%.1f s".formatted(ms / 1e3);
  }
}
