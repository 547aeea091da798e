package dev.kretsim.plan.advise;

import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.plan.FunctionPlan.Point;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.Ratio;
import dev.kretsim.plan.Recommendation;
import dev.kretsim.plan.Recommendation.Basis;
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
    StringBuilder sentence = new StringBuilder();
    if (enough != null) {
      sentence.append(observed(found, question, enough));
    } else if (made.basis() == Basis.SAFE_BOUND) {
      sentence.append(safeBound(found, question));
    } else {
      sentence.append(
          String.format(
              Locale.ROOT,
              "%s cannot show a miss ratio of %s, so this is the formula's answer, no less than was"
                  + " seen inside",
              counted(found.calls(), "call"),
              Ratio.text(question.target())));
    }
    sentence.append("; ").append(load(found)).append(byDefault(made));
    if (enough != null && found.bound() != null) {
      sentence.append("; the safe bound is ").append(found.bound().instances());
      sentence.append(", and more threads tomorrow need more than the ");
      sentence.append(found.bound().threads()).append(" seen");
    } else if (found.bound() != null) {
      sentence.append("; more threads tomorrow need more");
    }
    if (question.growth() > 1) {
      sentence.append("; made to fit ").append(times(question.growth())).append(" times the load");
    }
    if (!made.withinTracefs()) {
      sentence.append("; tracefs takes no more than ").append(ReturnProbeLine.MOST_INSTANCES);
      sentence.append(", so set it from a module or through bpf tools that register their own");
    }
    return sentence.append('.').toString();
  }

  private static String observed(Evidence found, PlanQuestion question, Point enough) {
    String seen =
        found.basis() == Basis.OBSERVED
            ? String.format(
                Locale.ROOT,
                "%s missed %d of %s, and at %s confidence at most %s in the long run",
                counted(enough.maxactive(), "instance"),
                enough.missed(),
                counted(found.calls(), "call"),
                percent(question.confidence()),
                Ratio.text(enough.high()))
            : String.format(
                Locale.ROOT,
                "%s miss %s of calls, at %s confidence at most %s",
                counted(enough.maxactive(), "instance"),
                Ratio.text(enough.missRatio()),
                percent(question.confidence()),
                Ratio.text(enough.high()));
    return seen + ", within the target of " + Ratio.text(question.target());
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
        "%s cannot show a miss ratio of %s at %s confidence, so take the safe bound: the %s seen%s%s"
            + " cannot need more at once",
        counted(found.calls(), "call"),
        Ratio.text(question.target()),
        percent(question.confidence()),
        counted(bound.threads(), "thread"),
        depth,
        interrupts);
  }

  private static String load(Evidence found) {
    List<String> parts = new ArrayList<>();
    if (found.peakInside() != null) {
      parts.add("at most " + found.peakInside() + " were inside at once");
    }
    if (found.offeredLoad() != null) {
      parts.add(number(found.offeredLoad()) + " on average");
    }
    Double burstiness = found.burstiness();
    if (burstiness != null) {
      parts.add(
          burstiness > 1.2 || burstiness < 0.8
              ? "with " + number(burstiness) + " times the variance of calls at random"
              : "as bursty as calls at random");
    }
    return String.join(", ", parts) + (parts.isEmpty() ? "" : "; ");
  }

  private static String byDefault(Recommendation made) {
    return "the default of "
        + made.defaultMaxactive()
        + (made.defaultMissRatio() == 0
            ? " missed none"
            : " misses " + Ratio.text(made.defaultMissRatio()));
  }

  /** Why returns may be missing although the pool is large enough, a sentence each. */
  static List<String> notHelped(Evidence found, KernelVersion kernel) {
    List<String> causes = new ArrayList<>();
    causes.add(
        "Calls made while a probe's handler runs on the same CPU (nesting, and interrupts or NMIs in"
            + " a handler) ask for no instance: they count in kp.nmissed, whatever maxactive is.");
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
              + " returns here have no entry: their calls began before the trace, or its events were"
              + " lost.");
    }
    return causes;
  }

  private static String number(double value) {
    return value != 0 && value < 0.01 ? "less than 0.01" : plain(value);
  }

  private static String plain(double value) {
    int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  private static String times(double factor) {
    return BigDecimal.valueOf(factor).stripTrailingZeros().toPlainString();
  }

  static String counted(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  static String percent(double share) {
    return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
  }
}
