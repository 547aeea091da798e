package dev.kretsim.scale;

import dev.kretsim.kernel.BadInputException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code --placement} says.
 *
 * @param placements each of which is to be simulated
 * @param most the most threads there can be
 */
public record Placements(List<Placement> placements, int most) {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");

  /**
   * Reads {@code compact}, {@code spread}, {@code band} for both, or CPUs such as {@code 0-3,8}.
   */
  public static Placements of(String text, Machine machine) {
    int all = machine.cpus();
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "compact" -> new Placements(List.of(Placement.COMPACT), all);
      case "spread" -> new Placements(List.of(Placement.SPREAD), all);
      case "band" -> new Placements(List.of(Placement.COMPACT, Placement.SPREAD), all);
      default -> {
        List<Integer> cpus = cpus(text, machine);
        yield new Placements(List.of(Placement.on(cpus)), cpus.size());
      }
    };
  }

  private static List<Integer> cpus(String text, Machine machine) {
    Set<Integer> cpus = new LinkedHashSet<>();
    for (String part : text.split(",")) {
      Matcher range = RANGE.matcher(part.strip());
      if (!range.matches()) {
        throw problem(text, machine);
      }
      int first = Integer.parseInt(range.group(1));
      @Nullable String end = range.group(2);
      int last = end == null ? first : Integer.parseInt(end);
      if (first > last || last >= machine.cpus()) {
        throw problem(text, machine);
      }
      for (int cpu = first; cpu <= last; cpu++) {
        if (!cpus.add(cpu)) {
          throw new BadInputException("--placement names a CPU twice: " + cpu);
        }
      }
    }
    if (cpus.isEmpty()) {
      throw problem(text, machine);
    }
    return new ArrayList<>(cpus);
  }

  private static BadInputException problem(String text, Machine machine) {
    return new BadInputException(
        "--placement must be compact, spread, band, or CPUs in [0, %d] such as 0-3,8: %s"
            .formatted(machine.cpus() - 1, text));
  }
}
