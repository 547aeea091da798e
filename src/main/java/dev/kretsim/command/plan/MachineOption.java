package dev.kretsim.command.plan;

import dev.kretsim.lock.LockDesigns;
import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.Ratio;
import dev.kretsim.plan.Recommendation;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.scale.Machine;
import dev.kretsim.scale.Machines;
import dev.kretsim.scale.Placement;
import dev.kretsim.scale.Simulation;
import dev.kretsim.scale.Workload;
import dev.kretsim.workload.random.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The machine to probe, and what contention on it makes a planned pool miss. A plan counts calls
 * inside; it knows nothing of an instance that is free but cannot be had, or that waits for its
 * return.
 */
final class MachineOption {
  private static final double NS_PER_SECOND = 1e9;
  private static final double PS_PER_NS = 1e3;

  /** A busy one takes some tenths of a second. */
  private static final int MOST_SIMULATED = 50;

  /** Misses by contention that are fewer than this part of the target are not told. */
  private static final double WORTH_TELLING = 0.1;

  @Option(
      names = "--machine",
      paramLabel = "NAME|FILE.yaml",
      description =
          "The machine to probe, as kretsim scale has them: says what contention on it adds to the"
              + " misses, where it adds any.")
  private @Nullable String name;

  /** The machine, or null if none is named. */
  @Nullable Machine machine() {
    return name == null ? null : Machines.of(name);
  }

  /** The plan with a clause for each function that contention on the machine makes miss more. */
  static Plan told(Plan plan, @Nullable Machine machine) {
    if (machine == null) {
      return plan;
    }
    List<FunctionPlan> all = plan.functions();
    int simulated = Math.min(MOST_SIMULATED, all.size());
    List<FunctionPlan> functions =
        new ArrayList<>(
            all.subList(0, simulated).parallelStream()
                .map(function -> told(plan, function, machine))
                .toList());
    functions.addAll(all.subList(simulated, all.size()));
    List<String> remarks = new ArrayList<>(plan.remarks());
    if (simulated < all.size()) {
      remarks.add(
          "remark: contention on %s was simulated for the %d busiest of %d functions alone;"
                  .formatted(machine.name(), simulated, all.size())
              + " --function NAME asks for another");
    }
    return plan.with(functions).told(plan.source(), remarks);
  }

  private static FunctionPlan told(Plan plan, FunctionPlan function, Machine machine) {
    Recommendation made = function.recommendation();
    Double rate = function.ratePerSecond();
    FunctionPlan.Hold hold = function.hold();
    if (rate == null || rate <= 0 || hold == null) {
      return function;
    }
    int most = machine.cpus();
    int threads = function.threads() == null ? most : Math.min(most, function.threads());
    double each = threads / (rate * made.growth()) * NS_PER_SECOND;
    long between = Math.round(Math.max(0, each - hold.meanNs()) * PS_PER_NS);
    Workload hits =
        Workload.hits(0).spending(between, holds(function.picture().holds(), hold.meanNs()));
    PoolDesign pool = plan.question().kernel().pool();
    long seed = plan.seed() == null ? 1 : plan.seed();
    IntToDoubleFunction missed =
        maxactive ->
            Simulation.run(
                    new Simulation.Setup(
                        machine,
                        pool,
                        LockDesigns.QUEUED,
                        threads,
                        Placement.SPREAD,
                        maxactive,
                        hits,
                        seed))
                .contentionMissedRatio();
    double added = missed.applyAsDouble(made.smallest());
    if (added <= WORTH_TELLING * made.target()) {
      return function;
    }
    String clause =
        ("on %s, contention between %d threads alone would make %s miss %s of the calls%s, which"
                + " counting calls inside does not show: %s (simulated with seed %d, unvalidated)")
            .formatted(
                machine.name(),
                threads,
                made.smallest() == 1 ? "1 instance" : made.smallest() + " instances",
                Ratio.text(added),
                made.maxactive() == made.smallest()
                    ? ""
                    : " (%d: %s)"
                        .formatted(
                            made.maxactive(), Ratio.text(missed.applyAsDouble(made.maxactive()))),
                pool.locked()
                    ? "instances on their way back wait for the pool's lock"
                    : "instances are free or on their way back, but not where a call looks",
                seed);
    String before = made.why();
    return function.with(
        made.because(before.substring(0, before.length() - 1) + "; " + clause + "."));
  }

  /** As they were seen, where that is known. */
  private static Distribution holds(List<FunctionPlan.Bucket> seen, double meanNs) {
    return seen.isEmpty()
        ? Distribution.parse("exponential(mean=%dns)".formatted(Math.max(1, Math.round(meanNs))))
        : Distribution.ofHistogram(
            "holds",
            seen.stream().mapToDouble(FunctionPlan.Bucket::fromNs).toArray(),
            seen.stream().mapToDouble(FunctionPlan.Bucket::toNs).toArray(),
            seen.stream().mapToLong(FunctionPlan.Bucket::count).toArray());
  }
}
