package dev.kretsim.fleet;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.advise.HistogramPlans;
import dev.kretsim.plan.advise.ProfilePlanner;
import dev.kretsim.plan.advise.ProfilePlanner.Counted;
import dev.kretsim.plan.advise.SyntheticPlanner;
import dev.kretsim.plan.load.SyntheticLoad;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.histogram.HoldHistogram;
import dev.kretsim.trace.profile.ProfileDelta;
import dev.kretsim.trace.read.HoldReader;
import dev.kretsim.trace.read.TraceFormat;
import dev.kretsim.workload.random.Arrivals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Plans a host whose files do not tell when each call came: from counters or holds, and what is
 * said beside them. The plans are those that {@code plan} draws if it is told the same.
 *
 * @param question what is asked of this host
 */
record ModelledHost(PlanQuestion question, String host, KnownHosts known) {
  private static final SyntheticPlanner.Effort USUAL_EFFORT =
      new SyntheticPlanner.Effort(0, SyntheticPlanner.USUAL_PRECISION);

  private static final long SEED = 1;

  /**
   * From one or two snapshots of {@code kprobe_profile}, the earlier first.
   *
   * @throws BadInputException if it is not known which pool was in force
   */
  List<Plan> fromCounters(TraceSource source) {
    ProfileDelta.Reading reading = ProfileDelta.read(source);
    Double seconds = known.of(host).seconds();
    Map<Integer, List<Counted>> byPool = new TreeMap<>();
    for (Counted counted : counts(source, reading, seconds)) {
      Integer inForce = known.of(host, counted.function()).maxactive();
      if (inForce == null) {
        throw new BadInputException(
            source.name()
                + ": counts hits and misses of "
                + counted.function()
                + "; say which maxactive was in force on "
                + host
                + ": --hosts FILE.csv, with columns host and maxactive"
                + rows(counted.function()));
      }
      byPool.computeIfAbsent(inForce, pool -> new ArrayList<>()).add(counted);
    }
    if (byPool.isEmpty() && question.functions().isEmpty()) {
      throw new BadInputException(source.name() + ": no hit and no miss between the two snapshots");
    }
    List<Plan> plans = new ArrayList<>();
    byPool.forEach(
        (inForce, counts) ->
            plans.add(new ProfilePlanner(question).plan(source, reading, counts, inForce)));
    return plans;
  }

  private List<Counted> counts(
      TraceSource source, ProfileDelta.Reading reading, @Nullable Double seconds) {
    Long spanNs = seconds == null ? null : (Long) Math.round(seconds * 1e9);
    return Counted.all(reading, spanNs, source.leftOutOfAll().lines()).stream()
        .filter(counted -> isWanted(counted.function()))
        .filter(counted -> counted.hits() + counted.misses() > 0)
        .toList();
  }

  /**
   * From histograms of holds.
   *
   * @throws BadInputException if it is not known how often the function is called
   */
  List<Plan> fromHolds(TraceSource source, TraceFormat format) {
    HoldHistogram.Reading reading = HoldReader.read(source, format);
    List<Plan> plans = new ArrayList<>();
    for (HoldHistogram histogram : reading.histograms()) {
      String function = nameOf(histogram);
      if (isWanted(function)) {
        Arrivals comers = comers(source, function);
        plans.add(
            HistogramPlans.of(
                source,
                reading,
                histogram,
                (holds, counted) ->
                    new SyntheticPlanner(question, USUAL_EFFORT, share -> {})
                        .plan(function, new SyntheticLoad.Open(comers, holds), SEED, counted)));
      }
    }
    return plans;
  }

  private Arrivals comers(TraceSource source, String function) {
    Double rate = known.of(host, function).ratePerSecond();
    if (rate == null) {
      throw new BadInputException(
          source.name()
              + ": tells how long calls of "
              + function
              + " took, but not when they came; say how many there are a second on "
              + host
              + ": --hosts FILE.csv, with columns host and rate"
              + rows(function));
    }
    return Arrivals.poisson("rate " + rate + "/s", rate);
  }

  /** A function's name may be mistyped there. */
  private String rows(String function) {
    List<String> named = known.functions(host);
    return named.isEmpty() || named.contains(function)
        ? ""
        : "; it has a row for " + String.join(", ", named);
  }

  private String nameOf(HoldHistogram histogram) {
    String named = histogram.function();
    if (named != null) {
      return named;
    }
    return question.functions().size() == 1
        ? question.functions().get(0)
        : SyntheticPlanner.UNNAMED;
  }

  private boolean isWanted(String function) {
    return question.functions().isEmpty() || question.functions().contains(function);
  }
}
