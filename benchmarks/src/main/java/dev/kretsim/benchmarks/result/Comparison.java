package dev.kretsim.benchmarks.result;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All designs that were asked one question, each as a ratio to that question's floor.
 *
 * @param question what they have in common, in words
 */
public record Comparison(String group, String question, List<Entry> entries) {
  /**
   * @param name what is compared
   * @param overFloor empty if there was no floor
   */
  public record Entry(String name, Score score, Optional<Estimate> overFloor) {
    /** Whether it is what we would take, and not what we compare it with. */
    boolean ours() {
      return score.params().containsValue(Bars.OURS)
          || name.startsWith("wholeCurve")
          || name.startsWith("PLAN")
          || name.equals("FLEET");
    }
  }

  /** Parameters and methods whose values are what is compared; the others are the question. */
  private static final List<String> COMPARED = List.of("design", "guard");

  /** What the others are a multiple of. */
  private static final List<String> FLOORS = List.of("floor", "MAWK", "ONE_BY_ONE");

  /** The questions in the order in which they were measured, the fastest design first. */
  public static List<Comparison> of(Measurement measured) {
    Map<String, List<Score>> byQuestion = new LinkedHashMap<>();
    for (Score score : measured.scores()) {
      byQuestion
          .computeIfAbsent(score.group() + '\n' + questionOf(score), key -> new ArrayList<>())
          .add(score);
    }
    List<Comparison> comparisons = new ArrayList<>();
    byQuestion.forEach(
        (key, scores) -> {
          Optional<Estimate> floor =
              scores.stream()
                  .filter(score -> FLOORS.contains(nameOf(score)))
                  .map(Score::estimate)
                  .findFirst();
          List<Entry> entries = new ArrayList<>();
          for (Score score : scores) {
            entries.add(new Entry(nameOf(score), score, floor.map(score.estimate()::over)));
          }
          entries.sort(Comparator.comparingDouble(entry -> entry.score.estimate().value()));
          int end = key.indexOf('\n');
          comparisons.add(new Comparison(key.substring(0, end), key.substring(end + 1), entries));
        });
    return comparisons;
  }

  private static boolean byMethod(Score score) {
    return score.params().keySet().stream().noneMatch(COMPARED::contains);
  }

  private static String nameOf(Score score) {
    if (byMethod(score)) {
      return score.benchmark().substring(score.benchmark().indexOf('.') + 1);
    }
    return COMPARED.stream()
        .filter(score.params()::containsKey)
        .map(score.params()::get)
        .map(name -> name.toLowerCase(Locale.ROOT).replace('_', ' '))
        .findFirst()
        .orElseThrow();
  }

  private static String questionOf(Score score) {
    SortedMap<String, String> rest = new TreeMap<>(score.params());
    rest.keySet().removeAll(COMPARED);
    String benchmark = score.benchmark();
    StringBuilder question =
        new StringBuilder(
            byMethod(score) ? benchmark.substring(0, benchmark.indexOf('.')) : benchmark);
    question.append(score.threads() == 1 ? ", 1 thread" : ", " + score.threads() + " threads");
    rest.forEach((name, value) -> question.append(", ").append(name).append(' ').append(value));
    return question.toString();
  }
}
