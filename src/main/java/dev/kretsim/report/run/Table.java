package dev.kretsim.report.run;

import dev.kretsim.probe.Tally;
import dev.kretsim.report.Quantity;
import dev.kretsim.report.TextTable;
import dev.kretsim.workload.run.RunResult;
import dev.kretsim.workload.run.RunResult.ProbeResult;
import dev.kretsim.workload.scenario.Scenario;
import java.util.List;
import java.util.Locale;

/** Runs as text for a terminal: the machine, then one row for each probe and run. */
public final class Table {
  private Table() {}

  /** All runs, of which there is at least one, ended by a newline. */
  public static String render(List<RunResult> results) {
    Scenario scenario = results.get(0).scenario();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "kernel %s on %s, %d CPUs, %s time, seed %d%n%n",
            scenario.kernel().label(),
            scenario.arch().label(),
            scenario.cpus(),
            scenario.realTime() ? "real" : "virtual",
            scenario.seed()));
    TextTable table =
        new TextTable()
            .row(
                "probe",
                "pool",
                "maxactive",
                "calls",
                "handled",
                "missed",
                "declined",
                "inside",
                "nmissed",
                "elapsed",
                "calls/s");
    for (RunResult result : results) {
      for (ProbeResult probe : result.probes()) {
        add(probe, result.elapsedNs(), table);
      }
    }
    text.append(table.render(""));
    for (RunResult result : results) {
      result.probes().forEach(probe -> text.append(neverBack(probe)));
    }
    return text.append("\nAll laws hold.\n").toString();
  }

  /** Calls that are in no column, as their instances never came back to the probe. */
  private static String neverBack(ProbeResult probe) {
    if (!(probe instanceof ProbeResult.OnReturn kretprobe)) {
      return "";
    }
    Tally tally = kretprobe.tally();
    String of = " calls of " + probe.symbol();
    return (tally.orphaned() == 0
            ? ""
            : tally.orphaned() + of + " were inside when the probe was unregistered: orphaned.\n")
        + (tally.flushed() == 0
            ? ""
            : tally.flushed() + of + " were inside when their task was killed: flushed.\n");
  }

  private static void add(ProbeResult probe, long elapsedNs, TextTable table) {
    String elapsed = Quantity.duration(elapsedNs);
    if (probe instanceof ProbeResult.OnReturn kretprobe) {
      Tally tally = kretprobe.tally();
      table.row(
          probe.symbol(),
          kretprobe.pool().name(),
          String.valueOf(kretprobe.maxactive()),
          String.valueOf(tally.entries()),
          String.valueOf(tally.handled()),
          String.valueOf(tally.missed() + tally.nested() + tally.nmi()),
          String.valueOf(tally.declined()),
          String.valueOf(tally.stillInside()),
          String.valueOf(kretprobe.nmissed()),
          elapsed,
          rate(tally.entries(), elapsedNs));
    } else if (probe instanceof ProbeResult.OnEntry kprobe) {
      table.row(
          probe.symbol(),
          "-",
          "-",
          String.valueOf(kprobe.hits()),
          "-",
          String.valueOf(kprobe.kpNmissed()),
          "-",
          "-",
          "-",
          elapsed,
          rate(kprobe.hits(), elapsedNs));
    }
  }

  private static String rate(long calls, long elapsedNs) {
    return elapsedNs == 0 ? "-" : Quantity.rate(calls * 1e9 / elapsedNs);
  }
}
