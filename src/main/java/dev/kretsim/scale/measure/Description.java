package dev.kretsim.scale.measure;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A measured machine as a file that {@code Machines.of} reads. */
final class Description {
  /** In a description no time is zero. */
  private static final double LEAST = 0.01;

  private final StringBuilder yaml = new StringBuilder();

  private Description() {}

  /**
   * What was found, and what has to be assumed.
   *
   * @param figures by their names in the file
   * @param pinned whether each thread ran on its CPU alone
   * @param unsteady what differed from bout to bout, if anything did
   */
  static String of(
      CpuTopology topology,
      Map<String, Figure> figures,
      boolean pinned,
      Optional<String> unsteady) {
    Description made = new Description();
    made.remark("This machine, measured. All times in nanoseconds.");
    if (!pinned) {
      made.remark("Threads could not be pinned: taskset did not work.");
    }
    unsteady.ifPresent(made::remark);
    made.say("name", "here");
    made.say("sockets", topology.sockets());
    made.say("coresPerSocket", topology.cores() / topology.sockets());
    made.say("coresPerDie", topology.cores() / topology.dies());
    made.say("coresPerCluster", topology.cores() / topology.clusters());
    made.say("smt", topology.cpus() / topology.cores());
    made.say("lineBytes", 64);
    String where = pinned ? ", pinned" : ", unpinned";
    figures.forEach((name, figure) -> made.number(name, figure.value(), figure.from() + where));
    if (!figures.containsKey("sameDie")) {
      made.number("sameDie", 50, "assumed");
    }
    made.number("sharedRead", 20, "assumed");
    made.number("sharedReadFar", 90, "assumed");
    made.number("occupancy", 20, "assumed: 3 to 35 on the machines that were measured");
    made.number("smtKernel", 1.5, "assumed");
    made.number("smtTight", 1.6, "assumed");
    made.number("snoopFraction", 0.5, "assumed");
    made.number("jitter", 0.2, "assumed; keeps few threads out of lock-step");
    return made.yaml.toString();
  }

  private void remark(String text) {
    yaml.append("# ").append(text).append('\n');
  }

  private void say(String name, Object value) {
    yaml.append(name).append(": ").append(value).append('\n');
  }

  private void number(String name, double measured, String from) {
    double value = Math.max(LEAST, measured);
    yaml.append(String.format(Locale.ROOT, "%s: {value: %.2f, from: \"%s\"}\n", name, value, from));
  }
}
