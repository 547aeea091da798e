package dev.kretsim.plan.load;

import dev.kretsim.plan.curve.ArrivalRanks;
import dev.kretsim.plan.curve.Hunt;
import dev.kretsim.workload.random.Arrivals;
import java.util.Arrays;

/**
 * Plays calls a block at a time: draws when all of them come and leave, ranks the departures among
 * the arrivals, then hunts. No event list is needed, since the order in which calls leave between
 * two arrivals is of no account.
 *
 * <p>Calls that outlast their block are carried into the next with the time at which they leave, so
 * blocks change nothing: a block may be of any length.
 */
final class BlockEngine extends OpenEngine {
  /** Above this load, those carried cost more than a calendar does. */
  static final double MOST_LOAD = 16_384;

  private static final int SHORT = 4096;
  private static final int LONG = 8192;

  /** Above this load, a short block would be carried to a large part. */
  private static final double MOST_LOAD_OF_SHORT = 160;

  /** A long block has so many calls for each one inside: few of them are carried. */
  private static final int LOADS = 16;

  private final OpenSource source;
  private final int length;
  private final double[] state = new double[Arrivals.STATE];
  private final ArrivalRanks arrivals;
  private final double[] holdsNs;
  private final int[] ranks;
  private final int[] indexes;

  /** Those inside: when they leave, in ns from the start, and their index. */
  private double[] leaveNs = new double[Long.SIZE];

  private int[] carriedIndex = new int[Long.SIZE];
  private int[] carriedRank = new int[Long.SIZE];
  private int carried;

  private Hunt hunt;
  private double nowNs;
  private long touched;

  /**
   * @param length how many calls a block has at most, up to {@link ArrivalRanks#MOST}
   * @param hunt the first to try; larger ones are used from where there are too many inside
   */
  BlockEngine(OpenSource source, int length, Hunt hunt) {
    this.source = source;
    this.length = length;
    this.hunt = hunt;
    arrivals = new ArrivalRanks(length);
    holdsNs = new double[length];
    ranks = new int[length];
    indexes = new int[length];
    hunt.begin(length);
    source.gaps().begin(state);
  }

  /**
   * The length of block that suits a load: so long that few are carried, so short as caches are.
   */
  static int lengthFor(double load) {
    if (load <= MOST_LOAD_OF_SHORT) {
      return SHORT;
    }
    return (int) Math.min(ArrivalRanks.MOST, Math.max(LONG, LOADS * load));
  }

  @Override
  int next(int most) {
    int calls = Math.min(most, length);
    draw(calls);
    arrivals.arrange(calls, nowNs);
    arrivals.ofDepartures(holdsNs, ranks);
    rankCarried();
    play(calls);
    carry(calls);
    nowNs = arrivals.endNs();
    return calls;
  }

  private void draw(int calls) {
    double[] times = arrivals.times();
    source.gaps().fill(state, times, calls);
    source.holds().fill(holdsNs, calls);
    double at = nowNs;
    for (int call = 0; call < calls; call++) {
      at += times[call];
      times[call] = at;
    }
  }

  private void rankCarried() {
    for (int at = 0; at < carried; at++) {
      carriedRank[at] = arrivals.of(leaveNs[at]);
    }
    touched += carried;
  }

  private void play(int calls) {
    while (true) {
      for (int at = 0; at < carried; at++) {
        if (carriedRank[at] < calls) {
          hunt.leave(carriedRank[at], carriedIndex[at]);
        }
      }
      if (hunt.play(calls, ranks, indexes)) {
        return;
      }
      touched += hunt.touched();
      hunt = hunt.larger();
      hunt.begin(length);
      for (int at = 0; at < carried; at++) {
        hunt.take(carriedIndex[at]);
      }
    }
  }

  private void carry(int calls) {
    int kept = 0;
    for (int at = 0; at < carried; at++) {
      leaveNs[kept] = leaveNs[at];
      carriedIndex[kept] = carriedIndex[at];
      kept += carriedRank[at] == calls ? 1 : 0;
    }
    if (kept + calls >= leaveNs.length) {
      int room = 2 * (kept + calls);
      leaveNs = Arrays.copyOf(leaveNs, room);
      carriedIndex = Arrays.copyOf(carriedIndex, room);
      carriedRank = Arrays.copyOf(carriedRank, room);
    }
    double[] times = arrivals.times();
    for (int call = 0; call < calls; call++) {
      leaveNs[kept] = times[call] + holdsNs[call];
      carriedIndex[kept] = indexes[call];
      kept += ranks[call] == calls ? 1 : 0;
    }
    carried = kept;
  }

  @Override
  int[] indexes() {
    return indexes;
  }

  @Override
  double nowNs() {
    return nowNs;
  }

  @Override
  long touched() {
    return touched + arrivals.compared() + hunt.touched();
  }
}
