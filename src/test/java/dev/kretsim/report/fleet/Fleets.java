package dev.kretsim.report.fleet;

import dev.kretsim.fleet.FleetPlan;
import dev.kretsim.fleet.FleetQuestion;
import dev.kretsim.fleet.FleetSum;
import dev.kretsim.fleet.HostFunction;
import dev.kretsim.fleet.HostResult;
import dev.kretsim.fleet.KnownHosts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Fleets made up for the reports. */
final class Fleets {
  static final int HOSTS = 40;
  static final int UNKNOWN = 3;

  private static final long MINUTE_NS = 60_000_000_000L;

  private Fleets() {}

  /** Of most hosts little is asked, of the last much; three do not tell their CPUs, two fail. */
  static FleetPlan some() {
    List<HostResult> hosts = new ArrayList<>();
    for (int host = 0; host < HOSTS; host++) {
      boolean last = host == HOSTS - 1;
      int needs = last ? 90 : 3 + host % 17;
      hosts.add(
          new HostResult(
              "host%02d".formatted(host),
              List.of(
                  function("vfs_read", needs, last ? 50 : 1, host < UNKNOWN ? null : 8),
                  function("do_nanosleep<b>", 1 + host % 2, 1, 8)),
              host % 3 == 1
                  ? List.of("warning: vfs_read: %d of 1000 returns are missing".formatted(host))
                  : List.of(),
              null));
    }
    hosts.add(new HostResult("ill", List.of(), List.of(), "ill.txt: is no trace </script><b>|"));
    hosts.add(new HostResult("shorn", List.of(), List.of(), "shorn.gz: ends in the middle"));
    return sum(hosts);
  }

  /** Nothing is ever missed, and no default is known. */
  static FleetPlan idle() {
    return sum(
        List.of(new HostResult("only", List.of(function("f", 1, 1, null)), List.of(), null)));
  }

  /** Of 400 hosts, one needs 30 and one 40, the others 5. */
  static FleetPlan lopsided() {
    List<HostResult> hosts = new ArrayList<>();
    for (int host = 0; host < 400; host++) {
      int needs = host == 0 ? 30 : host == 1 ? 40 : 5;
      hosts.add(
          new HostResult("h" + host, List.of(function("f", needs, 1, null)), List.of(), null));
    }
    return sum(hosts);
  }

  /** Of 3000 hosts a third each stands out, recorded little, or could not be planned. */
  static FleetPlan crowd() {
    List<HostResult> hosts = new ArrayList<>();
    for (int host = 0; host < 3000; host++) {
      hosts.add(
          host % 3 == 0
              ? new HostResult("h" + host, List.of(), List.of(), "h" + host + ".txt: is no trace")
              : new HostResult(
                  "h" + host,
                  List.of(function("f", host % 3 == 1 ? 1 : 90 + host % 7, 1, null)),
                  List.of(),
                  null));
    }
    return new FleetSum(new FleetQuestion(List.of(), null, KnownHosts.none()), 0.5).of(hosts);
  }

  /** Of two hosts nobody tells how long they were looked at. */
  static FleetPlan undated() {
    List<HostResult> hosts = new ArrayList<>();
    for (String host : List.of("a", "b")) {
      hosts.add(new HostResult(host, List.of(function("f", 7, 1, null, null)), List.of(), null));
    }
    return sum(hosts);
  }

  /** One of two hosts was looked at for a minute, the other for a bit less. */
  static FleetPlan brief() {
    return sum(
        List.of(
            new HostResult("a", List.of(function("f", 7, 1, 8)), List.of(), null),
            new HostResult("b", List.of(function("f", 7, 1, 8, MINUTE_NS - 1)), List.of(), null)));
  }

  private static FleetPlan sum(List<HostResult> hosts) {
    return new FleetSum(new FleetQuestion(List.of(), null, KnownHosts.none()), 0.99).of(hosts);
  }

  private static HostFunction function(String name, int needs, int rate, @Nullable Integer cpus) {
    return function(name, needs, rate, cpus, MINUTE_NS);
  }

  private static HostFunction function(
      String name, int needs, int rate, @Nullable Integer cpus, @Nullable Long spanNs) {
    List<Long> missed =
        LongStream.rangeClosed(1, needs).map(pool -> 7L * (needs - pool)).boxed().toList();
    boolean keeps = cpus != null && needs <= 16;
    return new HostFunction(
        name,
        1000L * rate,
        missed,
        spanNs,
        rate * 1000.0 / 60,
        5e5,
        needs,
        1.0,
        0,
        keeps ? 16 : needs,
        needs,
        needs == 1,
        cpus == null ? null : (Integer) 16,
        keeps,
        cpus,
        null);
  }
}
