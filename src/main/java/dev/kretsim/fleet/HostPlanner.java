package dev.kretsim.fleet;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.Recommendation;
import dev.kretsim.plan.advise.Planner;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.read.TraceContent;
import dev.kretsim.trace.read.TraceFormat;
import dev.kretsim.trace.read.TraceReader;
import dev.kretsim.trace.read.Workers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Plans one host, on the thread that asks and from what is known of that host alone. */
public final class HostPlanner {
  /** Where messages name a line. */
  private static final Pattern LINE = Pattern.compile("^(file \\d+:)?(\\d+):");

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

  private final FleetQuestion question;

  public HostPlanner(FleetQuestion question) {
    this.question = question;
  }

  /**
   * What its files tell, or why they cannot be used.
   *
   * @param files begins them; closed in the end
   */
  public HostResult planned(String host, Supplier<TraceSource> files) {
    try (TraceSource source = files.get()) {
      TraceContent content = content(source);
      TraceSource inOrder =
          content.kind() == TraceFormat.Kind.COUNTERS ? Snapshots.inOrder(source) : source;
      List<HostFunction> functions = new ArrayList<>();
      Set<String> remarks = new LinkedHashSet<>();
      for (Plan plan : plans(host, inOrder, content)) {
        for (FunctionPlan function : plan.functions()) {
          functions.add(row(function, plan.possibleCpus().number(), content.kind()));
        }
        plan.remarks().forEach(remark -> remarks.add(withoutName(inOrder, remark)));
      }
      source.remarks().forEach(remark -> remarks.add(withoutName(inOrder, remark)));
      return new HostResult(host, functions, List.copyOf(remarks), null);
    } catch (BadInputException unusable) {
      return new HostResult(host, List.of(), List.of(), String.valueOf(unusable.getMessage()));
    }
  }

  /** What is kept of a host is used for others with the same files, whatever they are called. */
  private static String withoutName(TraceSource source, String remark) {
    String rest = remark;
    List<TraceSource> parts = source.parts();
    if (rest.startsWith(source.name() + ":")) {
      rest = rest.substring(source.name().length() + 1);
    } else {
      for (int part = 0; part < parts.size(); part++) {
        String name = parts.get(part).name();
        if (rest.startsWith(name + ":")) {
          rest = "file " + (part + 1) + ":" + rest.substring(name.length() + 1);
          break;
        }
      }
    }
    return CONTROL.matcher(LINE.matcher(rest).replaceFirst("$1line $2:")).replaceAll(" ").strip();
  }

  private List<Plan> plans(String host, TraceSource source, TraceContent content) {
    ModelledHost modelled = new ModelledHost(question.plan(host), host, question.known());
    return switch (content.kind()) {
      case CALLS ->
          List.of(
              new Planner(question.plan(host))
                  .planOfWhatIsCalled(source, new TraceReader(source, null, Workers.of(1))));
      case COUNTERS -> modelled.fromCounters(source);
      case HOLDS -> modelled.fromHolds(source, content.format());
    };
  }

  /** One host is planned from calls, or holds, or counters, and not from several of these. */
  private static TraceContent content(TraceSource source) {
    TraceContent first = TraceContent.of(source, null);
    List<TraceSource> parts = source.parts();
    for (TraceSource part : parts.subList(1, parts.size())) {
      TraceFormat format = TraceContent.of(part, null).format();
      if (format.kind() != first.format().kind()) {
        throw new BadInputException(
            "%s: is %s, and %s, of the same host, is %s: give one of them"
                .formatted(
                    parts.get(0).name(), first.format().label(), part.name(), format.label()));
      }
    }
    return first;
  }

  private static HostFunction row(
      FunctionPlan plan, @Nullable Integer possibleCpus, TraceFormat.Kind kind) {
    Recommendation recommended = plan.recommendation();
    FunctionPlan.@Nullable Hold hold = plan.hold();
    return new HostFunction(
        plan.function(),
        plan.calls(),
        plan.curve().stream().map(FunctionPlan.Point::missed).toList(),
        // Of holds a plan knows how long it played them, and nobody how long was looked.
        kind == TraceFormat.Kind.HOLDS ? null : plan.spanNs(),
        plan.ratePerSecond(),
        hold == null ? null : (Double) hold.meanNs(),
        plan.threads(),
        plan.burstiness(),
        plan.lostExits(),
        recommended.maxactive(),
        recommended.smallest(),
        recommended.basis() == Recommendation.Basis.SAFE_BOUND,
        recommended.defaultMaxactive(),
        recommended.verdict() == Recommendation.Verdict.KEEP_DEFAULT
            || recommended.isDefaultEnoughAnywhere(),
        possibleCpus,
        kind == TraceFormat.Kind.CALLS
            ? null
            : plan.curve().stream().map(FunctionPlan.Point::missRatio).toList());
  }
}
