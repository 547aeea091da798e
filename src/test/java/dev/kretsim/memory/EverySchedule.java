package dev.kretsim.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * All interleavings of a few short operations, access by access: what none of them shows cannot
 * happen. Their number grows as fast as binomials do, so keep it to some tens of accesses.
 */
public final class EverySchedule {
  /** Far above what any test needs: beyond it the operations are too long for this. */
  private static final int MOST_SCHEDULES = 500_000;

  private EverySchedule() {}

  /**
   * Runs each schedule on a stage of its own.
   *
   * @param stage sets the scene anew and starts its operations, the same at each call
   * @param ended what to check when all operations of a stage have finished
   * @return how many schedules there were
   */
  public static <S> int run(Supplier<S> stage, Strands<S> strands, Consumer<S> ended) {
    List<Integer> choices = new ArrayList<>();
    for (int schedules = 1; schedules <= MOST_SCHEDULES; schedules++) {
      S scene = stage.get();
      List<Integer> widths = play(strands.start(scene), choices);
      ended.accept(scene);
      int last = choices.size() - 1;
      while (last >= 0 && choices.get(last) + 1 == widths.get(last)) {
        choices.remove(last--);
      }
      if (last < 0) {
        return schedules;
      }
      choices.set(last, choices.get(last) + 1);
    }
    throw new IllegalStateException("more schedules than " + MOST_SCHEDULES);
  }

  /** Starts the operations of a stage, one for each CPU. */
  @FunctionalInterface
  public interface Strands<S> {
    List<Interleaving.Strand> start(S stage);
  }

  /** Follows the choices, then takes the first CPU each time and notes that down in them. */
  private static List<Integer> play(List<Interleaving.Strand> strands, List<Integer> choices) {
    List<Integer> widths = new ArrayList<>();
    while (true) {
      List<Interleaving.Strand> able =
          strands.stream().filter(Interleaving.Strand::runnable).toList();
      if (able.isEmpty()) {
        break;
      }
      int turn = widths.size();
      if (turn == choices.size()) {
        choices.add(0);
      }
      widths.add(able.size());
      able.get(choices.get(turn)).step();
    }
    if (!strands.stream().allMatch(Interleaving.Strand::finished)) {
      throw new IllegalStateException("every CPU waits for another: choices=" + choices);
    }
    return widths;
  }
}
