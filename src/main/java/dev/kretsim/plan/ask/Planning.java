package dev.kretsim.plan.ask;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.advise.Planner;
import dev.kretsim.plan.advise.SyntheticPlanner;
import dev.kretsim.plan.load.SyntheticLoad;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.read.TraceReader;
import dev.kretsim.workload.random.Arrivals;
import dev.kretsim.workload.random.Distribution;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * How large maxactive must be: the answers of {@code kretsim plan}, as objects.
 *
 * <p>Each answer is a {@link Plan} with the functions in it, each with its curve, its
 * recommendation and the reason.
 */
public final class Planning {
  private static final SyntheticPlanner.Effort USUAL_EFFORT =
      new SyntheticPlanner.Effort(0, SyntheticPlanner.USUAL_PRECISION);

  private final PlanQuestion question;

  private Planning(PlanQuestion question) {
    this.question = question;
  }

  /** {@return a planning for the newest kernel, and a miss ratio of 1e-4 at 95 % confidence} */
  public static Planning usual() {
    return new Planning(PlanQuestion.usual());
  }

  /**
   * {@return a planning for what is asked}
   *
   * @param question what is asked
   */
  public static Planning of(PlanQuestion question) {
    return new Planning(question);
  }

  /**
   * {@return the plan of a trace, packed or not; its format is told by its content}
   *
   * @param file text of function_graph, kprobe events, trace-cmd or perf, or our own calls
   * @throws BadInputException when it cannot be used: the message says why, and where
   */
  public Plan ofTrace(Path file) {
    try (TraceSource source = TraceSource.of(file.toString(), InputStream.nullInputStream())) {
      return new Planner(question).plan(source, new TraceReader(source, null));
    }
  }

  /**
   * {@return the plan of a load that does not wait for its own calls}
   *
   * @param function its name, for the lines to paste
   * @param arrivals when calls come
   * @param hold how long each stays inside
   * @param seed where every random choice comes from
   */
  public Plan ofLoad(String function, Arrivals arrivals, Distribution hold, long seed) {
    return planned(function, new SyntheticLoad.Open(arrivals, hold), seed);
  }

  /**
   * {@return the plan of threads that call, stay inside, think, and call again}
   *
   * @param function its name, for the lines to paste
   * @param threads at least 1
   * @param think how long a thread waits between a return and its next call
   * @param hold how long each call stays inside
   * @param seed where every random choice comes from
   * @throws BadInputException if there can be no such load
   */
  public Plan ofThreads(
      String function, int threads, Distribution think, Distribution hold, long seed) {
    return planned(function, new SyntheticLoad.Closed(threads, think, hold), seed);
  }

  private Plan planned(String function, SyntheticLoad load, long seed) {
    return new SyntheticPlanner(question, USUAL_EFFORT, share -> {}).plan(function, load, seed);
  }
}
