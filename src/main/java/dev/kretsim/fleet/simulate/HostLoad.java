package dev.kretsim.fleet.simulate;

import dev.kretsim.plan.formula.ErlangB;
import dev.kretsim.plan.formula.GhostChain;
import java.util.Arrays;

/**
 * One drawn host.
 *
 * @param perSecond calls a second, the mean over a day, at least 0
 * @param holdNs the mean time inside
 * @param threads how many call; 0: calls come at random
 */
record HostLoad(double perSecond, double holdNs, int threads) {
  private static final double DAY_SECONDS = 86_400;

  /** As long as this many steps of the chain. */
  private static final double STEPS_OF_ERLANG = 200;

  /** About how many steps {@link #days} takes for a host with so many threads. */
  static double steps(int threads, int[] pools, DayShape shape) {
    double steps = 0;
    for (int pool : pools) {
      boolean chained = threads > pool && threads <= GhostChain.MOST_THREADS;
      steps += STEPS_OF_ERLANG + (chained ? (double) (threads - pool) * pool : 0);
    }
    return shape.levels().size() * steps;
  }

  /** What is missed of a day. */
  record Day(double calls, double missed) {
    double ratio() {
      return calls > 0 ? missed / calls : 0;
    }
  }

  /**
   * A day with each of the pools.
   *
   * @param shape how the rate goes up and down
   */
  Day[] days(int[] pools, DayShape shape) {
    Day[] days = new Day[pools.length];
    Arrays.fill(days, new Day(0, 0));
    for (double level : shape.levels()) {
      double rate = reached(perSecond * level);
      double calls = rate * DAY_SECONDS / shape.levels().size();
      for (int i = 0; i < pools.length; i++) {
        days[i] = new Day(days[i].calls + calls, days[i].missed + calls * ratio(rate, pools[i]));
      }
    }
    return days;
  }

  /**
   * Whether its threads, always inside, call less often than is wanted.
   *
   * @param level of the mean rate
   */
  boolean isShortOfThreads(double level) {
    return reached(perSecond * level) < perSecond * level * (1 - 1e-9);
  }

  /** Threads that are always inside cannot call more often. */
  private double reached(double wanted) {
    return threads == 0 || holdNs <= 0 ? wanted : Math.min(wanted, threads * 1e9 / holdNs);
  }

  private double ratio(double rate, int pool) {
    double load = rate * holdNs / 1e9;
    if (load <= 0 || (threads > 0 && threads <= pool)) {
      return 0;
    }
    if (threads == 0 || threads > GhostChain.MOST_THREADS) {
      return ErlangB.loss(load, pool);
    }
    double thinkNs = threads * 1e9 / rate - holdNs;
    return new GhostChain(threads, thinkNs <= 0 ? Double.POSITIVE_INFINITY : holdNs / thinkNs)
        .missRatio(pool);
  }
}
