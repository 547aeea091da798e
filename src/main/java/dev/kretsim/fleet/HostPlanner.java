package dev.kretsim.fleet;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.Recommendation;
import dev.kretsim.plan.advise.Planner;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.read.TraceContent;
import dev.kretsim.trace.read.TraceFormat;
import dev.kretsim.trace.read.TraceReader;
import dev.kretsim.trace.read.Workers;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Plans one host, on the thread that asks and from that host's trace alone. */
public final class HostPlanner {
  private final PlanQuestion question;

  public HostPlanner(PlanQuestion question) {
    this.question = question;
  }

  /**
   * What its trace tells, or why that cannot be used.
   *
   * @param trace begins the trace; it is closed in the end
   */
  public HostResult planned(String host, Supplier<TraceSource> trace) {
    try (TraceSource source = trace.get()) {
      TraceContent content = TraceContent.of(source, null);
      if (content.kind() != TraceFormat.Kind.CALLS) {
        throw new BadInputException(
            source.name()
                + ": is "
                + content.format().label()
                + ", which does not tell when calls came; expected traces");
      }
      Plan plan =
          new Planner(question)
              .planOfWhatIsCalled(source, new TraceReader(source, null, Workers.of(1)));
      return new HostResult(
          host,
          plan.functions().stream().map(one -> row(one, plan.possibleCpus().number())).toList(),
          null);
    } catch (BadInputException unusable) {
      return new HostResult(host, List.of(), String.valueOf(unusable.getMessage()));
    }
  }

  private static HostFunction row(FunctionPlan plan, @Nullable Integer possibleCpus) {
    Recommendation recommended = plan.recommendation();
    FunctionPlan.@Nullable Hold hold = plan.hold();
    return new HostFunction(
        plan.function(),
        plan.calls(),
        plan.curve().stream().map(FunctionPlan.Point::missed).toList(),
        plan.spanNs(),
        plan.ratePerSecond(),
        hold == null ? null : (Double) hold.meanNs(),
        plan.threads(),
        plan.burstiness(),
        plan.lostExits(),
        recommended.maxactive(),
        recommended.smallest(),
        recommended.basis() == Recommendation.Basis.SAFE_BOUND,
        recommended.defaultMaxactive(),
        recommended.verdict() == Recommendation.Verdict.KEEP_DEFAULT,
        possibleCpus);
  }
}
