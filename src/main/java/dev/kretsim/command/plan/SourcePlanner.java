package dev.kretsim.command.plan;

import dev.kretsim.console.Progress;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.advise.HistogramPlans;
import dev.kretsim.plan.advise.Planner;
import dev.kretsim.plan.advise.ProfilePlanner;
import dev.kretsim.plan.advise.ProfilePlanner.Counted;
import dev.kretsim.plan.advise.SyntheticPlanner;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.histogram.HoldHistogram;
import dev.kretsim.trace.profile.ProfileDelta;
import dev.kretsim.trace.read.HoldReader;
import dev.kretsim.trace.read.TraceContent;
import dev.kretsim.trace.read.TraceFormat;
import dev.kretsim.trace.read.TraceReader;
import dev.kretsim.trace.read.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plans from files, by what they can tell: calls, holds without arrivals, or counters. */
final class SourcePlanner {
  private final PlanQuestion question;
  private final SyntheticOptions synthetic;
  private final @Nullable Integer maxactive;
  private final Workers workers;

  SourcePlanner(
      PlanQuestion question,
      SyntheticOptions synthetic,
      @Nullable Integer maxactive,
      Workers workers) {
    this.workers = workers;
    this.question = question;
    this.synthetic = synthetic;
    this.maxactive = maxactive;
  }

  Plan plan(TraceSource source, TraceContent content, @Nullable TraceFormat wanted) {
    Plan plan = planned(source, content, wanted);
    List<String> remarks = new ArrayList<>(source.remarks());
    remarks.addAll(plan.remarks());
    return plan.told(plan.source(), remarks);
  }

  private Plan planned(TraceSource source, TraceContent content, @Nullable TraceFormat wanted) {
    if (content.kind() == TraceFormat.Kind.HOLDS) {
      return fromHolds(source, content.format());
    }
    if (synthetic.isGiven()) {
      throw new BadInputException(
          source.name()
              + (content.kind() == TraceFormat.Kind.CALLS
                  ? ": tells when calls came and how long they stayed"
                  : ": tells how many calls came and were missed")
              + "; drop --rate, --arrivals, --threads, --think and --hold");
    }
    return content.kind() == TraceFormat.Kind.CALLS
        ? fromCalls(source, wanted)
        : fromCounters(source);
  }

  private Plan fromCalls(TraceSource source, @Nullable TraceFormat wanted) {
    try (Progress bar = Progress.onTerminal("reading")) {
      source.onProgress(bar::share);
      return new Planner(question).plan(source, new TraceReader(source, wanted, workers));
    }
  }

  private Plan fromHolds(TraceSource source, TraceFormat format) {
    HoldHistogram.Reading reading = HoldReader.read(source, format);
    if (!synthetic.isGiven()) {
      throw new BadInputException(
          source.name()
              + ": tells how long calls took, but not when they came; add --rate 12000/s"
              + (format == TraceFormat.FUNCTION_GRAPH
                  ? ", or record with: echo 1 > options/funcgraph-abstime"
                  : ""));
    }
    HoldHistogram histogram = chosen(source, reading.histograms());
    String asked = question.functions().isEmpty() ? null : question.functions().get(0);
    String told = histogram.function();
    String function = told != null ? told : asked != null ? asked : SyntheticPlanner.UNNAMED;
    Plan plan =
        HistogramPlans.of(
            source,
            reading,
            histogram,
            (holds, counted) -> synthetic.planWith(holds, function, question, counted));
    if (told != null) {
      return plan;
    }
    List<String> remarks = new ArrayList<>(plan.remarks());
    remarks.add(
        source.name()
            + (asked == null
                ? ": warning: nothing in it names the function; if it tells how long calls of one"
                    + " took, name that: --function NAME"
                : ": remark: nothing in it names the function; it is taken for " + asked + "'s"));
    return plan.told(plan.source(), remarks);
  }

  /** The one that was asked for; where nothing was, the only one. */
  private HoldHistogram chosen(TraceSource source, List<HoldHistogram> histograms) {
    List<String> asked = question.functions();
    // A map's key of several parts was cut at its commas where it was asked for.
    String whole = asked.stream().map(String::strip).collect(Collectors.joining(", "));
    HoldHistogram only = histograms.size() == 1 ? histograms.get(0) : null;
    boolean isNamed = only != null && only.function() != null;
    if (only != null && asked.size() <= 1 && (asked.isEmpty() || !isNamed)) {
      return only;
    }
    List<String> names =
        histograms.stream().map(HoldHistogram::function).filter(Objects::nonNull).toList();
    return histograms.stream()
        .filter(histogram -> whole.equals(histogram.function()))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    source.name()
                        + (asked.size() == 1
                            ? ": no table of " + asked.get(0) + "; there are those of "
                            : ": one rate goes with one function; choose with --function: ")
                        + String.join(", ", quoted(names))));
  }

  /** Names with a comma in them in quotes, as a shell needs them. */
  private static List<String> quoted(List<String> names) {
    return names.stream().map(name -> name.indexOf(' ') < 0 ? name : "'" + name + "'").toList();
  }

  private Plan fromCounters(TraceSource source) {
    Integer inForce = maxactive;
    if (inForce == null) {
      throw new BadInputException(
          source.name()
              + ": counts hits and misses; add the --maxactive that was in force (kprobe_events"
              + " shows it, such as r54:...)");
    }
    ProfileDelta.Reading reading = ProfileDelta.read(source);
    List<Counted> counts = Counted.all(reading, null, source.leftOutOfAll().lines());
    return new ProfilePlanner(question).plan(source, reading, counts, inForce);
  }
}
