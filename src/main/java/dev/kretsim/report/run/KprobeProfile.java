package dev.kretsim.report.run;

import dev.kretsim.tracefs.event.ProbeEvents.Profile;
import dev.kretsim.workload.run.RunResult;
import dev.kretsim.workload.run.RunResult.ProbeResult;

/** A run as {@code kprobe_profile} shows it, with events under the names they get by themselves. */
public final class KprobeProfile {
  private KprobeProfile() {}

  /** One line for each probe; return probes first, as the run lists them. */
  public static String of(RunResult result) {
    boolean both = result.scenario().kernel().profileCountsPool();
    StringBuilder text = new StringBuilder();
    for (ProbeResult probe : result.probes()) {
      text.append(profile(probe, both).text());
    }
    return text.toString();
  }

  private static Profile profile(ProbeResult probe, boolean both) {
    if (probe instanceof ProbeResult.OnReturn kretprobe) {
      long missed = kretprobe.kpNmissed() + (both ? kretprobe.nmissed() : 0);
      return new Profile("r_" + probe.symbol() + "_0", kretprobe.tally().handled(), missed);
    }
    long hits = ((ProbeResult.OnEntry) probe).hits();
    return new Profile("p_" + probe.symbol() + "_0", hits, probe.kpNmissed());
  }
}
