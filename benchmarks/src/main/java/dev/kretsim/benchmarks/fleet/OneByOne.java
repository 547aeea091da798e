package dev.kretsim.benchmarks.fleet;

import dev.kretsim.fleet.FleetFiles;
import dev.kretsim.fleet.Host;
import dev.kretsim.fleet.HostNaming;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.advise.Planner;
import dev.kretsim.plan.advise.ProfilePlanner;
import dev.kretsim.plan.advise.ProfilePlanner.Counted;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.profile.ProfileDelta;
import dev.kretsim.trace.read.TraceReader;
import dev.kretsim.trace.read.Workers;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Plans hosts one after another, each on all processors, and prints the time in ns and the number
 * of calls. What is compiled on the way has been by then: so many were planned before.
 */
final class OneByOne {
  /** One in so many hosts is planned before the time is taken, too. */
  private static final int WARMING = 4;

  private OneByOne() {}

  public static void main(String[] arguments) {
    List<Host> hosts =
        FleetFiles.hosts(List.of(arguments[0]), HostNaming.parse("name"), System.err::println);
    calls(hosts.subList(0, hosts.size() / WARMING));
    long from = System.nanoTime();
    long calls = calls(hosts);
    System.out.println(System.nanoTime() - from + " " + calls);
  }

  private static long calls(List<Host> hosts) {
    long calls = 0;
    for (Host host : hosts) {
      Plan plan = plan(host);
      calls += plan.functions().stream().mapToLong(function -> function.calls()).sum();
    }
    return calls;
  }

  private static Plan plan(Host host) {
    List<String> files = new ArrayList<>(host.files().stream().map(Path::toString).toList());
    boolean counts = files.size() == 2;
    if (counts) {
      // By name the one after comes first.
      files.add(files.remove(0));
    }
    PlanQuestion question = PlanQuestion.usual();
    try (TraceSource source = TraceSource.of(files, InputStream.nullInputStream())) {
      return counts
          ? new ProfilePlanner(question)
              .plan(
                  source.name(),
                  Counted.all(ProfileDelta.read(source), null, source.leftOutOfAll().lines()),
                  HostFolder.IN_FORCE)
          : new Planner(question).plan(source, new TraceReader(source, null, Workers.usual()));
    }
  }
}
