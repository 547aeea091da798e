package dev.kretsim.plan.advise;

import dev.kretsim.kernel.Decimal;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.plan.FunctionPlan.Point;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.Ratio;
import dev.kretsim.plan.Recommendation;
import dev.kretsim.plan.Recommendation.Basis;
import dev.kretsim.plan.Recommendation.DefaultOn;
import dev.kretsim.tracefs.ReturnProbeLine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words of a recommendation. */
final class Reasons {
  private Reasons() {}

  /** One sentence that justifies a recommendation. */
  static String why(
      Evidence found, PlanQuestion question, Recommendation made, @Nullable Point enough) {
    List<String> clauses = new ArrayList<>();
    if (enough != null) {
      clauses.add(observed(found, question, made, enough));
    } else if (made.basis() == Basis.SAFE_BOUND) {
      clauses.add(safeBound(found, question));
    } else {
      clauses.add(
          String.format(
              Locale.ROOT,
              "%s too few to show that no more than %s are missed, so it is what calls at random"
                  + " would need, and no less than was seen inside",
              tooFew(found),
              Ratio.oneIn(question.target())));
    }
    String load = load(found);
    if (!load.isEmpty()) {
      clauses.add(load);
    }
    clauses.add(byDefault(made));
    if (found.bound() != null) {
      String threads = "more threads tomorrow need more";
      clauses.add(
          enough == null
              ? threads
              : counted(made.safeBound() == null ? 1 : made.safeBound(), "instance")
                  + " would be safe whatever happens; "
                  + threads
                  + " than "
                  + times(found, question)
                  + found.bound().threads()
                  + (found.isSimulated() ? " described" : " seen"));
    }
    if (question.growth().isGiven()) {
      clauses.add("made to fit " + question.growth().inWords());
    }
    if (!made.withinTracefs()) {
      clauses.add(
          "tracefs takes no more than "
              + ReturnProbeLine.MOST_INSTANCES
              + ", so only a module or SystemTap can set it");
    }
    return String.join("; ", clauses) + ".";
  }

  private static String observed(
      Evidence found, PlanQuestion question, Recommendation made, Point enough) {
    String seen =
        found.basis() == Basis.OBSERVED && !question.growth().isGiven()
            ? String.format(
                Locale.ROOT,
                "%s missed %d of %s",
                counted(enough.maxactive(), "instance"),
                enough.missed(),
                counted(found.calls(), "call"))
            : String.format(
                Locale.ROOT,
                "%s %s %s of the %scalls",
                counted(enough.maxactive(), "instance"),
                enough.maxactive() == 1 ? "misses" : "miss",
                enough.missRatio() == 0 ? "none" : Ratio.text(enough.missRatio()),
                found.basis() == Basis.OBSERVED ? "" : found.isSimulated() ? "simulated " : "");
    return String.format(
        Locale.ROOT,
        "%s, at most %s in the long run (%s sure), which keeps to the target of %s",
        seen,
        Ratio.text(enough.high()),
        percent(question.confidence()),
        Ratio.oneIn(made.target()));
  }

  private static String safeBound(Evidence found, PlanQuestion question) {
    Evidence.SafeBound bound = found.bound();
    if (bound == null) {
      return "nothing bounds the number inside";
    }
    String depth =
        bound.depth() == 1 ? "" : ", each up to " + bound.depth() + " calls deep in the function,";
    String interrupts =
        bound.interruptLevels() == 0
            ? ""
            : " and " + counted(bound.interruptLevels(), "interrupt level");
    return String.format(
        Locale.ROOT,
        "%s too few to show that no more than %s are missed, so it is a number that is safe:"
            + " %s%s seen%s%s cannot need more at once",
        tooFew(found),
        Ratio.oneIn(question.target()),
        times(found, question),
        counted(bound.threads(), "thread"),
        depth,
        interrupts);
  }

  /** How many times what was seen is meant; a load that was played grown has grown threads. */
  private static String times(Evidence found, PlanQuestion question) {
    return question.growth().isGiven() && found.present() == null
        ? question.growth().times() + " times the "
        : "the ";
  }

  private static String tooFew(Evidence found) {
    return counted(found.calls(), "call") + (found.calls() == 1 ? " is" : " are");
  }

  private static String load(Evidence found) {
    List<String> parts = new ArrayList<>();
    if (found.peakInside() != null) {
      parts.add("at most " + found.peakInside() + " were inside at once");
    }
    if (found.offeredLoad() != null) {
      parts.add(
          (parts.isEmpty() ? "inside at once were " : "")
              + number(found.offeredLoad())
              + " on average");
    }
    Double burstiness = found.burstiness();
    if (burstiness != null) {
      parts.add(
          burstiness > 1.2
              ? "in bursts (" + number(burstiness) + " times as uneven as calls at random)"
              : burstiness < 0.8 ? "more evenly than at random" : "as if at random");
    }
    return String.join(", ", parts);
  }

  private static String byDefault(Recommendation made) {
    Integer known = made.defaultMaxactive();
    Double misses = made.defaultMissRatio();
    if (known != null && misses != null) {
      return "the default of " + known + misses(misses);
    }
    List<String> cases = new ArrayList<>();
    if (made.isDefaultEnoughAnywhere()) {
      return "the kernel's default is enough on any number of CPUs";
    }
    for (DefaultOn machine : made.byCpus()) {
      cases.add(machine(machine) + (machine.enough() ? " it is enough" : inNumbers(machine)));
    }
    return "the kernel's default depends on the machine: " + String.join(", ", cases);
  }

  private static String machine(DefaultOn machine) {
    Integer upTo = machine.upToCpus();
    if (upTo == null) {
      return machine.fromCpus() == 1
          ? "on any number of CPUs"
          : "from " + counted(machine.fromCpus(), "CPU") + " on";
    }
    return upTo == machine.fromCpus()
        ? "on " + counted(upTo, "CPU")
        : machine.fromCpus() == 1
            ? "on up to " + upTo + " CPUs"
            : "on " + machine.fromCpus() + " to " + upTo;
  }

  private static String inNumbers(DefaultOn machine) {
    Integer upTo = machine.upToCpus();
    boolean constant = machine.fromCpus() == 1 || (upTo != null && upTo == machine.fromCpus());
    return (constant ? " it is " : " it is at least ")
        + machine.maxactive()
        + " and"
        + misses(machine.missRatio())
        + (constant ? "" : " at most");
  }

  private static String misses(double ratio) {
    return ratio == 0 ? " misses none" : " misses " + Ratio.text(ratio);
  }

  /** Why returns may be missing although the pool is large enough, a sentence each. */
  static List<String> notHelped(Evidence found, KernelVersion kernel) {
    List<String> causes = new ArrayList<>();
    causes.add(
        "Calls made while a probe's handler runs on the same CPU (nesting, and interrupts or NMIs"
            + " in a handler) ask for no instance: they count in kp.nmissed, whatever maxactive"
            + " is.");
    if (kernel.compareTo(KernelVersion.V5_10) < 0) {
      causes.add("Before 5.10 a call from an NMI is missed although instances are free.");
    }
    causes.add(
        "A call that never returns keeps its instance for as long as its task lives: each takes one"
            + " from the pool for good.");
    if (found.lostExits() > 0) {
      causes.add(
          found.lostExits()
              + " calls here have no return: if the trace itself lost events, only a larger trace"
              + " buffer brings them back.");
    }
    if (found.unpairedExits() > 0) {
      causes.add(
          found.unpairedExits()
              + " returns here have no entry: their calls began before the trace, or its events"
              + " were lost.");
    }
    return causes;
  }

  private static String number(double value) {
    return value != 0 && value < 0.01 ? "less than 0.01" : plain(value);
  }

  private static String plain(double value) {
    int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
    return Decimal.fixed(value, decimals);
  }

  static String counted(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  static String percent(double share) {
    return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
  }
}
