package dev.kretsim.scale;

import dev.kretsim.lock.LockDesign;
import dev.kretsim.pool.PoolDesign;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Many points of one machine and one workload. */
public record Study(Machine machine, Workload workload, LockDesign lock, int maxactive, long seed) {
  /** What reads of a shared line cost on the machines that were measured, in picoseconds. */
  private static final List<Long> OCCUPANCIES = List.of(3_000L, 35_000L);

  /** Where threads wait less than this, what a read keeps others waiting for does not matter. */
  private static final double HARDLY_STALLED = 0.001;

  /**
   * The designs of which whole hits were published for calibrated machines, where no thread wanted
   * for an instance.
   */
  private static final Set<String> PUBLISHED = Set.of("freelist", "objpool");

  /**
   * A point and how sure it is.
   *
   * @param validated whether the like of it was held against published figures
   * @param low operations a second if the number of the machine that nobody has measured is at the
   *     worse end of what is known of other machines, {@code high} at the better; both as the point
   *     says where the machine is calibrated
   */
  public record Estimate(Point point, boolean validated, double low, double high) {
    private Estimate placed(Placement placement) {
      return new Estimate(point.placed(placement), validated, low, high);
    }
  }

  /**
   * Simulates all, on all cores of this machine; the result does not depend on how many. In the
   * order of pools, then placements, then threads.
   *
   * @throws IllegalArgumentException as {@link Simulation#run}
   */
  public List<Estimate> of(
      List<PoolDesign> pools, List<Placement> placements, List<Integer> threads) {
    List<Simulation.Setup> setups = new ArrayList<>();
    for (PoolDesign pool : pools) {
      for (Placement placement : placements) {
        for (int count : threads) {
          setups.add(
              new Simulation.Setup(
                  machine, pool, lock, count, placement, maxactive, workload, seed));
        }
      }
    }
    Map<List<Object>, Simulation.Setup> different = new LinkedHashMap<>();
    setups.forEach(setup -> different.putIfAbsent(what(setup), setup));
    // The longest first, so that no core is left with one at the end.
    List<Map.Entry<List<Object>, Simulation.Setup>> order = new ArrayList<>(different.entrySet());
    order.sort(Comparator.comparingInt(one -> -one.getValue().threads()));
    Map<List<Object>, Estimate> estimates = new ConcurrentHashMap<>();
    order.parallelStream().forEach(one -> estimates.put(one.getKey(), estimate(one.getValue())));
    return setups.stream()
        .map(setup -> Objects.requireNonNull(estimates.get(what(setup))).placed(setup.placement()))
        .toList();
  }

  /** Equal for placements that come to the same CPUs: these are one point. */
  private List<Object> what(Simulation.Setup setup) {
    List<Integer> cpus = setup.placement().cpus(machine, setup.threads());
    return List.of(setup.pool(), cpus.stream().sorted().toList());
  }

  private Estimate estimate(Simulation.Setup setup) {
    Point point = Simulation.run(setup);
    double low = point.opsPerSecond();
    double high = low;
    if (!machine.calibrated() && point.stalledShare() > HARDLY_STALLED) {
      for (long occupancy : OCCUPANCIES) {
        double other =
            Simulation.runRoughly(setup.on(machine.withOccupancy(occupancy))).opsPerSecond();
        low = Math.min(low, other);
        high = Math.max(high, other);
      }
    }
    boolean validated =
        machine.calibrated()
            && workload.asPublished()
            && maxactive >= point.threads()
            && PUBLISHED.contains(point.pool());
    return new Estimate(point, validated, low, high);
  }
}
