package dev.kretsim.benchmarks.simulator;

import java.util.PriorityQueue;

/** Written by hand, with the queue of the JDK. */
public final class QueueOfOneSize implements OneSize {
  private final LoadDraws draws;
  private final int size;
  private final PriorityQueue<Double> departures = new PriorityQueue<>();
  private double now;

  public QueueOfOneSize(LoadDraws draws, int size) {
    this.draws = draws;
    this.size = size;
  }

  @Override
  public long missed(int calls) {
    long missed = 0;
    for (int call = 0; call < calls; call++) {
      now += draws.gap();
      double leaves = now + draws.hold();
      for (Double first = departures.peek();
          first != null && first <= now;
          first = departures.peek()) {
        departures.remove();
      }
      if (departures.size() < size) {
        departures.add(leaves);
      } else {
        missed++;
      }
    }
    return missed;
  }
}
