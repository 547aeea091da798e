package dev.kretsim.plan.advise;

import dev.kretsim.plan.Plan;
import dev.kretsim.plan.load.HoldLaw;
import dev.kretsim.trace.Tally;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.histogram.HoldHistogram;
import dev.kretsim.workload.random.Distribution;
import java.util.ArrayList;
import java.util.List;

/** Plans from histograms of holds, beside which somebody says when the calls come. */
public final class HistogramPlans {
  private HistogramPlans() {}

  /** What draws a plan from the law of holds and from what was counted. */
  @FunctionalInterface
  public interface Drawn {
    /** Draws it. */
    Plan plan(Distribution holds, Tally counted);
  }

  /**
   * The plan, with what is to be said of the source.
   *
   * @param reading what was read from the source
   * @param histogram one of those that were
   * @throws dev.kretsim.kernel.BadInputException if the histogram has no call
   */
  public static Plan of(
      TraceSource source, HoldHistogram.Reading reading, HoldHistogram histogram, Drawn drawn) {
    HoldLaw law = HoldLaw.of(source.name(), histogram);
    Tally counted = histogram.tally(reading.lines(), source.leftOutOfAll().lines());
    Plan plan = drawn.plan(law.distribution(), counted);
    List<String> remarks = new ArrayList<>(reading.remarks());
    remarks.addAll(law.remarks());
    remarks.addAll(plan.remarks());
    return plan.told(source.name(), remarks);
  }
}
