package dev.kretsim.benchmarks.simulator;

/** Written by hand, with a binary heap in an array of numbers: no objects. */
public final class HeapOfOneSize implements OneSize {
  private final LoadDraws draws;
  private final double[] heap;
  private int inside;
  private double now;

  public HeapOfOneSize(LoadDraws draws, int size) {
    this.draws = draws;
    this.heap = new double[size];
  }

  @Override
  public long missed(int calls) {
    long missed = 0;
    for (int call = 0; call < calls; call++) {
      now += draws.gap();
      double leaves = now + draws.hold();
      while (inside > 0 && heap[0] <= now) {
        removeFirst();
      }
      if (inside < heap.length) {
        add(leaves);
      } else {
        missed++;
      }
    }
    return missed;
  }

  private void add(double leaves) {
    int hole = inside++;
    while (hole > 0 && heap[(hole - 1) / 2] > leaves) {
      heap[hole] = heap[(hole - 1) / 2];
      hole = (hole - 1) / 2;
    }
    heap[hole] = leaves;
  }

  private void removeFirst() {
    double last = heap[--inside];
    int hole = 0;
    for (int child = 1; child < inside; child = 2 * hole + 1) {
      if (child + 1 < inside && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= last) {
        break;
      }
      heap[hole] = heap[child];
      hole = child;
    }
    heap[hole] = last;
  }
}
