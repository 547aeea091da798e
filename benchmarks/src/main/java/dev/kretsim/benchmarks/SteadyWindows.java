package dev.kretsim.benchmarks;

import dev.kretsim.benchmarks.result.Score;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Keeps what was found while the machine stayed as it was, and tries again where it did not: on a
 * shared machine a line may take twice as long from one minute to the next.
 */
final class SteadyWindows {
  static final int TRIES = 20;

  /**
   * What one window found.
   *
   * @param changed how the machine changed meanwhile; empty if it did not
   * @param busy whether the machine was never idle, so that trying again is in vain
   */
  record Seen(List<Score> scores, Optional<String> changed, boolean busy) {
    static Seen nothing() {
      return new Seen(
          List.of(),
          Optional.of("the machine was never 90 %% idle in %d tries".formatted(IdleWindow.TRIES)),
          true);
    }
  }

  /** Looks once. */
  interface Window {
    Seen look() throws InterruptedException, IOException, RunnerException;
  }

  private final Window window;
  private final Consumer<String> log;

  SteadyWindows(Window window, Consumer<String> log) {
    this.window = window;
    this.log = log;
  }

  /**
   * Takes the scores of so many windows, and none of any if there are not so many.
   *
   * @return why there were too few; empty if there were enough
   */
  Optional<String> take(int wanted, Consumer<Score> taker)
      throws InterruptedException, IOException, RunnerException {
    List<Score> kept = new ArrayList<>();
    int steady = 0;
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      Seen seen = window.look();
      if (seen.busy()) {
        return seen.changed();
      }
      log.accept(
          "  window %d, at most %d: %s"
              .formatted(attempt, TRIES, seen.changed().orElse("the machine stayed as it was")));
      if (seen.changed().isEmpty()) {
        kept.addAll(seen.scores());
        if (++steady == wanted) {
          kept.forEach(taker);
          return Optional.empty();
        }
      }
    }
    return Optional.of(
        "the machine changed in all but %d of %d windows, and %d are wanted"
            .formatted(steady, TRIES, wanted));
  }
}
