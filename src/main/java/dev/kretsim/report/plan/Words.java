package dev.kretsim.report.plan;

import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PossibleCpus;
import dev.kretsim.plan.Ratio;
import dev.kretsim.plan.Recommendation;
import dev.kretsim.plan.Recommendation.Burst;
import dev.kretsim.plan.Recommendation.Verdict;
import dev.kretsim.plan.Tool;
import dev.kretsim.report.Quantity;
import dev.kretsim.trace.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What a plan says of one function, in sentences that need no looking up. */
final class Words {
  private static final int NAMED = 4;

  private final Plan plan;
  private final FunctionPlan function;
  private final Recommendation made;

  Words(Plan plan, FunctionPlan function) {
    this.plan = plan;
    this.function = function;
    this.made = function.recommendation();
  }

  /** The verdict without its reasons: {@code set maxactive = 72}. */
  static String verdict(Recommendation made) {
    if (made.verdict() == Verdict.KEEP_DEFAULT) {
      return "keep the default (" + made.maxactive() + ")";
    }
    if (made.isDefaultEnoughAnywhere()) {
      return "keep the default";
    }
    return (made.verdict() == Verdict.SET ? "set " : "") + "maxactive = " + made.maxactive();
  }

  /** What to do and what it takes. */
  String verdict() {
    Integer known = made.defaultMaxactive();
    if (made.verdict() == Verdict.KEEP_DEFAULT && known != null) {
      return "Keep the default, which is "
          + known
          + " on "
          + counted(cpus(), "CPU")
          + ": "
          + (made.smallest() == known ? "no less would do" : made.smallest() + " would do")
          + memory("; it takes ")
          + ".";
    }
    if (made.verdict() == Verdict.SET) {
      Tool tool = plan.question().tool();
      return new PasteLines(function, plan.question()).works(tool)
          ? "Set maxactive = " + made.maxactive() + memory(": it takes ") + "."
          : "maxactive = "
              + made.maxactive()
              + " is needed, which "
              + tool.label()
              + " cannot set"
              + memory("; it takes ")
              + ".";
    }
    if (made.isDefaultEnoughAnywhere()) {
      return "Keep the default: it is "
          + made.byCpus().get(0).maxactive()
          + " or more on any machine, and "
          + made.smallest()
          + " would do.";
    }
    return "maxactive = "
        + made.maxactive()
        + " is enough; whether the default is too depends on the CPUs that the machine can have"
        + " (--possible-cpus N).";
  }

  private int cpus() {
    PossibleCpus possible = plan.possibleCpus();
    return possible.number() == null ? 1 : possible.number();
  }

  private String memory(String begin) {
    Long bytes = made.memoryBytes();
    Integer same = made.sameMemoryUpTo();
    if (bytes == null || same == null) {
      return "";
    }
    String on = made.verdict() == Verdict.SET ? " on " + counted(cpus(), "CPU") : "";
    return begin
        + Quantity.bytes(bytes)
        + " of kernel memory"
        + on
        + (same > made.maxactive() ? ", as does any number up to " + same : "");
  }

  /** Why that number. */
  String why() {
    return Character.toUpperCase(made.why().charAt(0)) + made.why().substring(1);
  }

  /** What the default's misses cost, where it misses any; else empty. */
  String downstream() {
    for (FunctionPlan.Downstream cost : function.downstream()) {
      if (cost.pool().equals("default")) {
        return cost(cost);
      }
    }
    return "";
  }

  private static String cost(FunctionPlan.Downstream cost) {
    Double full = cost.mapFullAfterSeconds();
    return full == null
        ? ""
        : "With the default "
            + Quantity.digits(cost.orphansPerHour())
            + " calls an hour would begin and never end for you: a map of "
            + cost.mapEntries()
            + " entries that keeps each would be full after "
            + Quantity.longTime(full)
            + ".";
  }

  /** What bursts would need, where calls at random are only assumed; else empty. */
  String bursts() {
    List<Burst> bursts = made.ifBursty();
    if (bursts.isEmpty()) {
      return "";
    }
    return "This holds if calls come at random: if they come in bursts, "
        + bursts.get(0).maxactive()
        + " (mild, by twos) to "
        + bursts.get(bursts.size() - 1).maxactive()
        + " (strong, by eights) would be needed, and only a trace can tell.";
  }

  /** What the pool does that was asked for; else empty. */
  String asked() {
    FunctionPlan.Capacity asked = function.asked();
    if (asked == null) {
      return "";
    }
    Double rate = asked.highestRatePerSecond();
    return "With maxactive = "
        + asked.maxactive()
        + ", "
        + Ratio.text(asked.missRatio())
        + " of the calls are missed ("
        + Ratio.range(asked.low(), asked.high())
        + " in the long run)."
        + (rate == null
            ? ""
            : " It would keep to the target up to about " + Quantity.rate(rate) + ".");
  }

  /** What the answer rests on. */
  String facts() {
    StringBuilder facts = new StringBuilder();
    facts.append(
        plan.seed() != null
            ? "Simulated: "
            : function.peakInside() == null ? "Counted: " : "Recorded: ");
    facts.append(counted(function.calls(), "call"));
    if (function.ratePerSecond() != null && function.spanNs() != null) {
      facts.append(" in ").append(Quantity.duration(function.spanNs()));
      facts.append(" (").append(Quantity.rate(function.ratePerSecond())).append(')');
    }
    if (function.threads() != null) {
      facts.append(" by ").append(counted(function.threads(), "thread"));
    }
    FunctionPlan.Hold hold = function.hold();
    if (hold != null) {
      facts.append("; half stayed inside ").append(atMost(function, hold.p50Ns()));
      facts.append(", 99 % ").append(atMost(function, hold.p99Ns()));
    }
    if (function.unfinished() > 0 && plan.seed() == null) {
      facts.append("; ").append(function.unfinished()).append(" seen in part");
    }
    return facts.append('.').toString();
  }

  private static String atMost(FunctionPlan function, long ns) {
    return (below(function, ns) == null ? "for at most " : "") + hold(function, ns);
  }

  /** How long a call stayed inside; what is less than stamps can show is told as that. */
  static String hold(FunctionPlan function, long ns) {
    Long below = below(function, ns);
    return below == null
        ? Quantity.duration(ns)
        : "below " + Quantity.duration(below).replace(".00 ", " ");
  }

  /** The resolution of the stamps, if a time is less than that. */
  private static @Nullable Long below(FunctionPlan function, long ns) {
    return ns == 0 ? function.counted().resolutionNs() : null;
  }

  /** What was counted in which lines; empty where nothing was. */
  String counted() {
    Tally counted = function.counted();
    List<String> what = new ArrayList<>();
    if (counted.entries() != null) {
      what.add(counted.entries() == 1 ? "1 entry" : counted.entries() + " entries");
    }
    if (counted.returns() != null) {
      what.add(counted(counted.returns(), "return"));
    }
    if (counted.histogramCalls() != null) {
      what.add(counted(counted.histogramCalls(), "call") + " in histograms");
    }
    if (what.isEmpty()) {
      return "";
    }
    return "From "
        + some(counted.sources())
        + ": "
        + String.join(" and ", what)
        + (counted.lines() == null ? "" : " in " + counted(counted.lines(), "line"))
        + leftOut(counted)
        + ".";
  }

  private static String some(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
        + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
  }

  private static String leftOut(Tally counted) {
    StringJoiner told = new StringJoiner(", ", "; left out: ", "").setEmptyValue("");
    for (Map.Entry<String, Long> left : counted.leftOut().entrySet()) {
      told.add(left.getValue() + " (" + left.getKey() + ")");
    }
    return told.toString();
  }

  /** All that is said before the table: at most five sentences. */
  List<String> beforeTheTable() {
    List<String> sentences = new ArrayList<>();
    for (String sentence : new String[] {verdict(), why(), bursts(), downstream(), facts()}) {
      if (!sentence.isEmpty()) {
        sentences.add(sentence);
      }
    }
    return sentences;
  }

  static String counted(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }

  static String number(@Nullable Double value) {
    return value == null ? "-" : value != 0 && value < 0.01 ? "<0.01" : Quantity.digits(value);
  }
}
