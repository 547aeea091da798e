package dev.kretsim.plan;

import java.util.Arrays;

/**
 * Weights of calls by a number, in batches of equally many calls of the main trail. As {@link
 * BatchCounts}, but for weights: when {@value #MOST} batches are full, each two become one.
 */
final class WeightedCounts {
  /** The most batches; a multiple of 8, so that they can be taken two and four at a time. */
  static final int MOST = 128;

  private final double[][] batches = new double[MOST][1];
  private long length = 128;
  private int full;
  private long inCurrent;
  private long mainCalls;

  /** A call on any trail has that number. */
  void add(int index, double weight) {
    double[] batch = batches[full];
    if (index >= batch.length) {
      batch = Arrays.copyOf(batch, Math.max(index + 1, 2 * batch.length));
      batches[full] = batch;
    }
    batch[index] += weight;
  }

  /** A call of the main trail, and all that branched off from it, are over. */
  void endMainCall() {
    mainCalls++;
    if (++inCurrent == length) {
      inCurrent = 0;
      full++;
      if (full == MOST) {
        merge();
      }
    }
  }

  private void merge() {
    for (int i = 0; i < MOST / 2; i++) {
      batches[i] = sum(batches[2 * i], batches[2 * i + 1]);
    }
    for (int i = MOST / 2; i < MOST; i++) {
      batches[i] = new double[1];
    }
    full = MOST / 2;
    length *= 2;
  }

  private static double[] sum(double[] a, double[] b) {
    double[] longer = a.length >= b.length ? a : b;
    double[] shorter = a.length >= b.length ? b : a;
    for (int i = 0; i < shorter.length; i++) {
      longer[i] += shorter[i];
    }
    return longer;
  }

  /** Calls of the main trail. */
  long mainCalls() {
    return mainCalls;
  }

  /** How many batches are full. */
  int full() {
    return full;
  }

  /** One more than the highest number. */
  int peak() {
    int peak = 0;
    for (double[] batch : batches) {
      for (int i = batch.length; i > peak; i--) {
        if (batch[i - 1] > 0) {
          peak = i;
        }
      }
    }
    return peak;
  }

  /**
   * For each full batch, and for each number below {@code size}, the weight of the calls with that
   * number or more; the begun batch belongs to none.
   */
  double[][] tails(int size) {
    double[][] tails = new double[full][];
    for (int batch = 0; batch < full; batch++) {
      double[] tail = Arrays.copyOf(batches[batch], size);
      for (int i = size - 2; i >= 0; i--) {
        tail[i] += tail[i + 1];
      }
      tails[batch] = tail;
    }
    return tails;
  }
}
