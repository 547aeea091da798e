package dev.kretsim.report.fleet;

import dev.kretsim.fleet.FleetPlan;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is said of a fleet in every form of text. */
final class Words {
  private final FleetPlan plan;

  Words(FleetPlan plan) {
    this.plan = plan;
  }

  /** How many hosts there are, and what was asked. */
  String summary() {
    int failed = plan.failed().size();
    return "%s%s; at most %s of a host's calls may be missed."
        .formatted(
            hosts(plan.hosts()),
            failed == 0 ? "" : ", " + failed + " of them could not be planned",
            percent(plan.target()));
  }

  /** What the columns of a function's row are. */
  List<String> head() {
    return List.of(
        "function",
        "hosts",
        "fits all",
        "fits " + percent(plan.cover()),
        "fits half",
        "default enough on",
        "missed a day by default",
        "with the number for all");
  }

  static List<String> row(FleetPlan.Function function) {
    return List.of(
        function.function(),
        String.valueOf(function.hosts()),
        String.valueOf(function.maxactive().all()),
        String.valueOf(function.maxactive().cover()),
        String.valueOf(function.maxactive().median()),
        String.valueOf(function.defaultEnoughOn()),
        rounded(function.missesPerDay().byDefault()),
        rounded(function.missesPerDay().withAll()));
  }

  /** What a function's row does not tell, a sentence each. */
  List<String> notes(FleetPlan.Function function) {
    List<String> notes = new ArrayList<>();
    int least = function.smallest().all();
    if (least < function.maxactive().all()) {
      notes.add(
          "%d would be enough on every host; %d is the default of a kernel, kept where it is enough"
              .formatted(least, function.maxactive().all()));
    }
    String unknown = unknownDefault(function);
    if (!unknown.isEmpty()) {
      notes.add(unknown);
    }
    int noSpan = function.spanUnknownOn();
    if (noSpan > 0) {
      notes.add(
          noSpan == function.hosts()
              ? "how long was looked is known on no host, and so are no misses a day"
              : "on "
                  + hosts(noSpan)
                  + " it is not known how long was looked; misses a day are without "
                  + (noSpan == 1 ? "it" : "them"));
    }
    int brief = function.spanShortOn();
    if (brief > 0) {
      notes.add(
          on(brief, function)
              + " less than a minute was recorded; misses a day are that, repeated all day long");
    }
    if (function.simulatedHosts() > 0) {
      notes.add(
          "%s only counted: the %d calls modelled for them come at random, and are summed apart"
              .formatted(hosts(function.simulatedHosts()), function.simulatedCalls()));
    }
    int tooShort = function.tooShort().size();
    if (tooShort > 0) {
      notes.add(
          on(tooShort, function)
              + " too little was recorded to show that at most "
              + percent(plan.target())
              + " is missed, so all tasks that were seen are allowed for");
    }
    return notes;
  }

  /** On so many of its hosts. */
  private static String on(int some, FleetPlan.Function function) {
    return some < function.hosts()
        ? "on " + hosts(some)
        : some == 1 ? "on the host" : "on all hosts";
  }

  /** Where the default is not known everywhere, what that leaves out; else empty. */
  private static String unknownDefault(FleetPlan.Function function) {
    int unknown = function.defaultUnknownOn();
    if (unknown == 0) {
      return "";
    }
    return unknown == function.hosts()
        ? "the default is known on no host"
        : "on "
            + hosts(unknown)
            + " the default is not known; what is missed by default is without "
            + (unknown == 1 ? "it" : "them");
  }

  static String rounded(@Nullable Double misses) {
    return misses == null ? "not known" : String.format(Locale.ROOT, "%.0f", misses);
  }

  static String hosts(int count) {
    return count == 1 ? "1 host" : count + " hosts";
  }

  static String percent(double share) {
    return BigDecimal.valueOf(share * 100)
            .round(new MathContext(6))
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }
}
