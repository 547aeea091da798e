package dev.kretsim.plan.advise;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.DidYouMean;
import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.PossibleCpus;
import dev.kretsim.plan.curve.FunctionLoad;
import dev.kretsim.plan.curve.LoadBook;
import dev.kretsim.trace.TraceFindings;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.read.TraceFormat;
import dev.kretsim.trace.read.TraceReader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads a trace and says how large maxactive must be for the functions in it. */
public final class Planner {
  private static final int NAMES_SHOWN = 8;

  /** Of so many functions the load over time is kept. */
  private static final int MOST_PICTURED = 1000;

  private final PlanQuestion question;

  public Planner(PlanQuestion question) {
    this.question = question;
  }

  /**
   * The plan for the functions asked for.
   *
   * @param source what the reader reads, for messages
   * @throws BadInputException when the trace cannot be used or lacks a function
   */
  public Plan plan(TraceSource source, TraceReader reader) {
    return plan(source, reader, false);
  }

  /**
   * The plan for those functions asked for that the trace has calls of; of none if it has none. It
   * has no pictures: nobody looks at those of many machines.
   *
   * @param source what the reader reads, for messages
   * @throws BadInputException when the trace cannot be used
   */
  public Plan planOfWhatIsCalled(TraceSource source, TraceReader reader) {
    return plan(source, reader, true);
  }

  private Plan plan(TraceSource source, TraceReader reader, boolean mayLack) {
    TraceReader.Reading<LoadBook> reading =
        reader.only(question.functions()).readMovements(LoadBook::new);
    TraceFindings findings = reading.findings();
    PossibleCpus cpus = PossibleCpus.of(question, findings.possibleCpus());
    FunctionPlanner planner = new FunctionPlanner(question, cpus, findings.spanNs());
    List<FunctionPlan> plans = new ArrayList<>();
    List<String> remarks = new ArrayList<>(findings.remarks());
    List<String> returnsOnly = new ArrayList<>();
    BitSet pictured =
        mayLack ? new BitSet() : pictured(reading.consumer(), findings.functions().size());
    for (int function = 0; function < findings.functions().size(); function++) {
      String name = findings.functions().get(function);
      FunctionLoad load = reading.consumer().remove(function);
      if (load == null) {
        returnsOnly.add(name);
      } else if (question.functions().isEmpty() || question.functions().contains(name)) {
        FunctionPlan plan =
            planner.plan(
                name,
                load,
                findings.unpairedExits().get(function),
                findings.tallies().get(function),
                pictured.get(function));
        plans.add(plan);
        remark(source.name(), plan, load, remarks);
      }
    }
    refuseMissing(source.name(), findings, plans, returnsOnly, mayLack);
    if (!returnsOnly.isEmpty() && question.functions().isEmpty()) {
      remarks.add(
          source.name() + ": remark: no row for " + some(returnsOnly) + ": " + onlyReturns("it"));
    }
    plans.sort((one, other) -> Long.compare(other.calls(), one.calls()));
    return new Plan(source.name(), null, question, cpus, plans, remarks, method());
  }

  /** The numbers of the busiest functions, so many that one can look at them. */
  private static BitSet pictured(LoadBook loads, int functions) {
    BitSet busiest = new BitSet();
    if (functions <= MOST_PICTURED) {
      busiest.set(0, functions);
      return busiest;
    }
    IntStream.range(0, functions)
        .filter(function -> loads.of(function) != null)
        .boxed()
        .sorted(Comparator.comparingLong(function -> -calls(loads, function)))
        .limit(MOST_PICTURED)
        .forEach(busiest::set);
    return busiest;
  }

  private static long calls(LoadBook loads, int function) {
    FunctionLoad load = loads.of(function);
    return load == null ? 0 : load.calls();
  }

  private List<String> method() {
    return List.of(
        "Each call takes the lowest free index as it is entered and gives it back at its return; a"
            + " pool of c misses exactly the calls whose index is c or above, so one pass over the"
            + " trace counts for every maxactive. A return frees its instance before an entry at"
            + " the same time takes one; the range also covers the entries of other tasks first, as"
            + " one stamp does not tell their order.",
        "Calls are not independent, misses come in clumps: the bounds at "
            + Reasons.percent(question.confidence())
            + " are the widest of batch means over 32 to 63 stretches of the trace and of an exact"
            + " binomial bound on as many calls as there are clumps; no miss seen gives an upper"
            + " bound, not 0. Upper bounds are raised where needed so that they never rise with"
            + " maxactive.",
        "Beside it Erlang B, what calls at random would miss under the same load.");
  }

  private static void remark(
      String source, FunctionPlan plan, FunctionLoad load, List<String> remarks) {
    if (plan.lostExits() == 0) {
      return;
    }
    String cause =
        load.holds().count() == 0
            ? "no return at all was recorded: is its return probe set?"
            : "the trace was taken with too few instances (look at the last column of"
                + " kprobe_profile) or lost events; record again with a larger maxactive";
    remarks.add(
        source
            + ": warning: "
            + plan.function()
            + ": "
            + plan.lostExits()
            + " of "
            + plan.calls()
            + " calls have no return: "
            + cause);
  }

  private void refuseMissing(
      String source,
      TraceFindings findings,
      List<FunctionPlan> plans,
      List<String> returnsOnly,
      boolean mayLack) {
    for (String wanted : question.functions()) {
      if (returnsOnly.contains(wanted)) {
        throw new BadInputException(source + ": " + onlyReturns(wanted));
      }
      if (!mayLack && !has(plans, wanted)) {
        throw new BadInputException(
            source
                + ": no call of "
                + wanted
                + "; the trace has "
                + some(findings.functions())
                + (wanted.matches(".*[*?].*")
                    ? "; --function takes whole names, and without it all are planned"
                    : DidYouMean.hint(findings.functions(), wanted)));
      }
    }
    if (plans.isEmpty() && mayLack && !question.functions().isEmpty()) {
      return;
    }
    if (plans.isEmpty() && returnsOnly.isEmpty()) {
      throw new BadInputException(
          source
              + ": only ends of calls, and nothing tells of which functions; record with: echo 1 >"
              + " options/funcgraph-tail"
              + unreadable(findings));
    }
    if (plans.isEmpty()) {
      throw new BadInputException(
          source
              + ": only returns of "
              + some(returnsOnly)
              + ", no entries; "
              + "record those too: echo 'p:FUNCTION_in FUNCTION' >> kprobe_events"
              + unreadable(findings));
    }
    boolean ofEvents = findings.possibleCpus() > 0;
    boolean noHold = ofEvents && lackHolds(plans);
    if (noHold && plans.stream().anyMatch(plan -> plan.unpairedExits() > 0)) {
      throw new BadInputException(
          source
              + ": no call of "
              + some(plans.stream().map(FunctionPlan::function).toList())
              + " is seen from its entry to its return, so nothing tells how long calls take;"
              + " record both at once, and longer"
              + unreadable(findings));
    }
    if (noHold) {
      throw new BadInputException(
          source
              + ": only entries of "
              + some(plans.stream().map(FunctionPlan::function).toList())
              + (returnsOnly.isEmpty() ? ", no returns" : " and returns of " + some(returnsOnly))
              + ", so nothing tells how long calls take; "
              + returnsAreMissing(findings));
    }
  }

  /** Why returns may be missing, and what to do. */
  private static String returnsAreMissing(TraceFindings findings) {
    boolean graph =
        findings.tallies().get(0).sources().contains(TraceFormat.FUNCTION_GRAPH.label());
    return (graph
            ? "the trace ends before any of them returns: record longer, or stop it later"
            : "record those too: echo 'r:FUNCTION_out FUNCTION' >> kprobe_events")
        + unreadable(findings);
  }

  /** Where else what is missing may be, if some lines are damaged. */
  private static String unreadable(TraceFindings findings) {
    return findings.remarks().stream()
        .filter(remark -> remark.contains("damaged line"))
        .map(remark -> "; or they are what cannot be read: " + remark.replaceFirst("warning: ", ""))
        .findFirst()
        .orElse("");
  }

  private static boolean has(List<FunctionPlan> plans, String function) {
    for (FunctionPlan plan : plans) {
      if (plan.function().equals(function)) {
        return true;
      }
    }
    return false;
  }

  private static boolean lackHolds(List<FunctionPlan> plans) {
    for (FunctionPlan plan : plans) {
      if (plan.hold() != null) {
        return false;
      }
    }
    return true;
  }

  private static String onlyReturns(String functions) {
    return "only returns of "
        + functions
        + ", no entries; record those too: echo 'p:FUNCTION_in FUNCTION' >> kprobe_events";
  }

  private static String some(List<String> names) {
    String shown = names.stream().sorted().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
    return names.size() > NAMES_SHOWN
        ? shown + " and " + (names.size() - NAMES_SHOWN) + " more"
        : shown;
  }
}
