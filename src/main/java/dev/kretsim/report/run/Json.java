package dev.kretsim.report.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.probe.Tally;
import dev.kretsim.report.JsonForm;
import dev.kretsim.workload.run.RunResult;
import dev.kretsim.workload.run.RunResult.ProbeResult;
import dev.kretsim.workload.scenario.Scenario;
import java.util.List;

/** Runs as JSON of schema {@code kretsim.run/1}. */
public final class Json {
  private static final double NS_PER_SECOND = 1e9;

  private Json() {}

  /**
   * All runs, ended by a newline.
   *
   * @param sweep whether to list them under {@code runs} although there may be one only
   */
  public static String render(List<RunResult> results, boolean sweep) {
    ObjectNode json = JsonForm.result("kretsim.run/1");
    if (!sweep && results.size() == 1) {
      add(results.get(0), json);
    } else {
      ArrayNode runs = json.putArray("runs");
      results.forEach(result -> add(result, runs.addObject()));
    }
    return JsonForm.text(json);
  }

  private static void add(RunResult result, ObjectNode json) {
    Scenario scenario = result.scenario();
    json.put("seed", scenario.seed());
    json.put("kernel", scenario.kernel().label());
    json.put("arch", scenario.arch().label());
    json.put("cpus", scenario.cpus());
    json.put("preempt", scenario.machine().preemption().label());
    json.put("time", scenario.realTime() ? "real" : "virtual");
    json.put("elapsed_ns", result.elapsedNs());
    ArrayNode probes = json.putArray("probes");
    for (ProbeResult probe : result.probes()) {
      if (probe instanceof ProbeResult.OnReturn kretprobe) {
        add(kretprobe, result.elapsedNs(), probes.addObject());
      } else if (probe instanceof ProbeResult.OnEntry kprobe) {
        probes
            .addObject()
            .put("symbol", kprobe.symbol())
            .put("type", "kprobe")
            .put("hits", kprobe.hits())
            .put("kp_nmissed", kprobe.kpNmissed());
      }
    }
    // A run whose laws do not hold prints no result.
    json.put("laws", "hold");
  }

  private static void add(ProbeResult.OnReturn probe, long elapsedNs, ObjectNode json) {
    Tally tally = probe.tally();
    json.put("symbol", probe.symbol());
    json.put("type", "kretprobe");
    json.put("pool", probe.pool().name());
    json.put("maxactive", probe.maxactive());
    json.put("data_size", probe.dataSize());
    json.put("entries", tally.entries());
    json.put("handled", tally.handled());
    ObjectNode missed = json.putObject("missed");
    missed.put("pool", tally.missed());
    if (probe.transientMisses().isPresent()) {
      missed.put("pool_transient", probe.transientMisses().getAsLong());
    } else {
      missed.putNull("pool_transient");
    }
    missed.put("nested", tally.nested());
    // Neither NMIs nor hits on a half-removed probe exist in a run of a scenario.
    missed.put("nmi", tally.nmi());
    missed.put("unregistering", 0);
    json.put("declined", tally.declined());
    json.put("still_inside", tally.stillInside());
    json.put("flushed", tally.flushed());
    json.put("orphaned", tally.orphaned());
    json.put("free", tally.free());
    json.put("nmissed", probe.nmissed());
    json.put("kp_nmissed", probe.kpNmissed());
    if (elapsedNs > 0) {
      json.put("calls_per_s", tally.entries() * NS_PER_SECOND / elapsedNs);
    } else {
      json.putNull("calls_per_s");
    }
  }
}
