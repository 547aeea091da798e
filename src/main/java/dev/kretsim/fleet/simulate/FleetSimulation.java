package dev.kretsim.fleet.simulate;

import dev.kretsim.fleet.simulate.SimulatedFleet.Pool;
import dev.kretsim.fleet.simulate.SimulatedFleet.Range;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.plan.Ratio;
import dev.kretsim.workload.random.Lengths;
import dev.kretsim.workload.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Draws hosts as described, computes what each misses by a formula (Erlang's where calls come at
 * random, the closed chain for threads), and puts fleets together of them.
 *
 * <p>The ranges are those of many fleets drawn from the hosts. As the hosts themselves are a
 * sample, each fleet is of fewer hosts than the one asked for and scaled up, so that its spread is
 * that of both together: n = drawn * hosts / (drawn + hosts).
 */
public final class FleetSimulation {
  private static final int FLEETS = 1000;
  private static final int USUALLY_DRAWN = 20_000;
  private static final int FEWEST_DRAWN = 500;
  private static final int MOST_DRAWN = 100_000;

  /** Of steps of {@link HostLoad#steps}: some seconds of one processor. */
  private static final double MOST_STEPS = 1e9;

  private final DescribedFleet fleet;
  private final long seed;
  private final double target;
  private final double confidence;

  /**
   * @param target the share of its calls that a host may miss, in (0, 1)
   * @param confidence how sure the ranges are, in (0, 1)
   * @throws BadInputException if one of these is not in its range
   */
  public FleetSimulation(DescribedFleet fleet, long seed, double target, double confidence) {
    this.fleet = fleet;
    this.seed = seed;
    this.target = Ratio.between("--target", target);
    this.confidence = Ratio.between("--confidence", confidence);
  }

  /**
   * What the fleet would miss.
   *
   * @param pools numbers of instances, each at least 1
   */
  public SimulatedFleet play(List<Integer> pools) {
    int[] sizes = pools.stream().mapToInt(Integer::intValue).distinct().sorted().toArray();
    RandomStream trunk = RandomStream.trunk(seed);
    List<HostLoad> hosts = drawn(trunk, sizes);
    requireThreads(hosts);
    Map<HostLoad, HostLoad.Day[]> known = new HashMap<>();
    List<HostLoad.Day[]> days =
        hosts.stream()
            .map(host -> known.computeIfAbsent(host, one -> one.days(sizes, fleet.diurnal())))
            .toList();
    double calls = days.stream().mapToDouble(day -> day[0].calls()).average().orElse(0);
    double busiest = fleet.diurnal().levels().stream().mapToDouble(level -> level).max().orElse(1);
    double tooFew = hosts.stream().filter(host -> host.isShortOfThreads(busiest)).count();
    double[][][] fleets = fleets(days, sizes.length, trunk.largeBranch());
    List<Pool> results = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      int pool = i;
      double[] ratios = days.stream().mapToDouble(day -> day[pool].ratio()).sorted().toArray();
      double over = Arrays.stream(ratios).filter(ratio -> !(ratio <= target)).count();
      double missed = days.stream().mapToDouble(day -> day[pool].missed()).sum();
      double scale = (double) fleet.hosts() / hosts.size();
      Range hostsOver = range(over * scale, fleets[0][i]);
      results.add(
          new Pool(
              sizes[i],
              new Range(
                  hostsOver.expected(),
                  Math.floor(hostsOver.low()),
                  Math.min(fleet.hosts(), Math.ceil(hostsOver.high()))),
              range(missed * scale, fleets[1][i]),
              quantile(ratios, 0.5),
              quantile(ratios, 0.99),
              ratios[ratios.length - 1]));
    }
    return new SimulatedFleet(
        fleet,
        seed,
        hosts.size(),
        target,
        confidence,
        calls * fleet.hosts(),
        tooFew * fleet.hosts() / hosts.size(),
        results);
  }

  private void requireThreads(List<HostLoad> hosts) {
    if (hosts.stream().allMatch(host -> host.isShortOfThreads(1))) {
      throw new BadInputException(
          ("--threads %s: on no host can threads that are inside for %s make --rate %s, even if they"
                  + " never leave; expected more threads or a lower rate")
              .formatted(fleet.threads(), fleet.hold(), fleet.rate()));
    }
  }

  /** Of many fleets, by pool: the hosts over the target, and the misses a day. */
  private double[][][] fleets(List<HostLoad.Day[]> days, int pools, RandomStream random) {
    int drawn = days.size();
    int size = (int) Math.ceil((double) drawn * fleet.hosts() / ((double) drawn + fleet.hosts()));
    double scale = (double) fleet.hosts() / size;
    double[][][] sums = new double[2][pools][FLEETS];
    for (int one = 0; one < FLEETS; one++) {
      for (int host = 0; host < size; host++) {
        HostLoad.Day[] day = days.get((int) (random.nextDouble() * drawn));
        for (int pool = 0; pool < pools; pool++) {
          sums[0][pool][one] += day[pool].ratio() <= target ? 0 : scale;
          sums[1][pool][one] += day[pool].missed() * scale;
        }
      }
    }
    return sums;
  }

  private Range range(double expected, double[] seen) {
    double[] sorted = seen.clone();
    Arrays.sort(sorted);
    double low = sorted[(int) Math.floor((1 - confidence) / 2 * (sorted.length - 1))];
    double high = sorted[(int) Math.ceil((1 + confidence) / 2 * (sorted.length - 1))];
    return new Range(expected, Math.min(low, expected), Math.max(high, expected));
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }

  private List<HostLoad> drawn(RandomStream trunk, int[] pools) {
    RandomStream ofRates = trunk.largeBranch();
    RandomStream ofHolds = trunk.largeBranch();
    int[] threads = threads(trunk.largeBranch());
    int count = count(threads, pools);
    double[] rates = values(fleet.rate().sampler(ofRates), count);
    double[] holds = values(fleet.hold().exactSampler(ofHolds), count);
    if (fleet.correlation() != 0) {
      correlate(rates, holds, trunk.largeBranch());
    }
    return IntStream.range(0, count)
        .mapToObj(i -> new HostLoad(rates[i], holds[i], threads[i]))
        .toList();
  }

  private int[] threads(RandomStream random) {
    SpreadOfRates spread = fleet.threads();
    if (spread == null) {
      return new int[MOST_DRAWN];
    }
    return Arrays.stream(values(spread.sampler(random), MOST_DRAWN))
        .mapToInt(drawn -> (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.round(drawn))))
        .toArray();
  }

  /** More hosts are drawn for larger fleets, and fewer where each takes long to compute. */
  private int count(int[] threads, int[] pools) {
    double each =
        Arrays.stream(threads)
            .mapToDouble(one -> HostLoad.steps(one, pools, fleet.diurnal()))
            .average()
            .orElse(1);
    long wanted = Math.max(USUALLY_DRAWN, 4L * fleet.hosts());
    double able = Math.max(FEWEST_DRAWN, MOST_STEPS / each);
    return (int) Math.min(Math.min(wanted, able), MOST_DRAWN);
  }

  private static double[] values(Lengths lengths, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = lengths.getAsDouble();
    }
    return values;
  }

  /** Puts both in the order of pairs of normal variates with that correlation. */
  private void correlate(double[] rates, double[] holds, RandomStream random) {
    double[] first = new double[rates.length];
    double[] second = new double[rates.length];
    double rest = Math.sqrt(1 - fleet.correlation() * fleet.correlation());
    for (int i = 0; i < first.length; i++) {
      double length = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
      double angle = 2 * Math.PI * random.nextDouble();
      first[i] = length * Math.cos(angle);
      second[i] = fleet.correlation() * first[i] + rest * length * Math.sin(angle);
    }
    order(rates, first);
    order(holds, second);
  }

  private static void order(double[] values, double[] like) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int[] ranks =
        IntStream.range(0, like.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> like[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int rank = 0; rank < ranks.length; rank++) {
      values[ranks[rank]] = sorted[rank];
    }
  }
}
