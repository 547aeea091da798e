package dev.kretsim.plan.curve;

import java.util.Arrays;

/**
 * Weighs numbers (indexes of calls) in successive batches of equally many calls, without knowing
 * how many will come: when all batches are full, each two neighbours become one and the length
 * doubles. So from half that number on there are always between half and all of it.
 *
 * <p>A plain call weighs 1, which is exact up to 2^53 calls. Where a call stands for several, or
 * branches into trails of its own, all their weights belong to its batch.
 */
public final class BatchCounts {
  private static final double[] NONE = {};

  /** There is room for so many batches at first: most functions of a large kernel are quiet. */
  private static final int FEW = 4;

  private final int most;
  private double[][] batches;
  private long length;
  private int full;
  private long inCurrent;
  private long calls;

  /**
   * @param most how many batches at most; even
   * @param firstLength how many calls a batch holds before any have become one
   */
  public BatchCounts(int most, long firstLength) {
    this.most = most;
    batches = new double[Math.min(FEW, most)][];
    Arrays.fill(batches, NONE);
    length = firstLength;
  }

  /** One that is equal, and goes its own way from here. */
  BatchCounts copy() {
    BatchCounts copy = new BatchCounts(most, length);
    copy.batches = new double[batches.length][];
    for (int i = 0; i < batches.length; i++) {
      copy.batches[i] = batches[i].clone();
    }
    copy.full = full;
    copy.inCurrent = inCurrent;
    copy.calls = calls;
    return copy;
  }

  /** A plain call has that number. */
  public void add(int index) {
    add(index, 1);
    endCall();
  }

  /** A call, or something that branched off from it, has that number. */
  public void add(int index, double weight) {
    if (index >= batches[full].length) {
      makeRoom(index);
    }
    batches[full][index] += weight;
  }

  private void makeRoom(int index) {
    double[] batch = batches[full];
    batches[full] = Arrays.copyOf(batch, Math.max(index + 1, 2 * batch.length));
  }

  /** Plain calls have these numbers, the first {@code count} of an array. */
  public void addAll(int[] numbers, int count) {
    int at = 0;
    while (at < count) {
      int until = (int) Math.min(count, at + length - inCurrent);
      for (int i = countThoseWithRoom(numbers, at, until); i < until; ) {
        makeRoom(numbers[i]);
        i = countThoseWithRoom(numbers, i, until);
      }
      end(until - at);
      at = until;
    }
  }

  /** Goes on to the first that has no room; a loop of its own, as one that also grows is slow. */
  private int countThoseWithRoom(int[] numbers, int from, int to) {
    double[] batch = batches[full];
    int i = from;
    while (i < to && numbers[i] < batch.length) {
      batch[numbers[i++]]++;
    }
    return i;
  }

  /** A call, and all that branched off from it, are over. */
  public void endCall() {
    end(1);
  }

  private void end(long some) {
    calls += some;
    inCurrent += some;
    if (inCurrent == length) {
      inCurrent = 0;
      full++;
      if (full == most) {
        merge();
      } else if (full == batches.length) {
        batches = Arrays.copyOf(batches, Math.min(most, FEW * full));
        Arrays.fill(batches, full, batches.length, NONE);
      }
    }
  }

  private void merge() {
    int half = batches.length / 2;
    for (int i = 0; i < half; i++) {
      batches[i] = sum(batches[2 * i], batches[2 * i + 1]);
    }
    for (int i = half; i < batches.length; i++) {
      batches[i] = NONE;
    }
    full = half;
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

  /** How many calls are over. */
  public long calls() {
    return calls;
  }

  /** How many calls a batch holds. */
  public long length() {
    return length;
  }

  /** How many batches are full. */
  public int full() {
    return full;
  }

  /** One more than the highest number. */
  public int peak() {
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

  /** For each number below {@code size}, the weight of all that were that or more. */
  public double[] tail(int size) {
    double[] tail = new double[size];
    for (double[] batch : batches) {
      addTo(tail, batch);
    }
    return summedFromTheEnd(tail);
  }

  /** The same for each full batch; the begun one belongs to none. */
  public double[][] tails(int size) {
    double[][] tails = new double[full][size];
    for (int batch = 0; batch < full; batch++) {
      addTo(tails[batch], batches[batch]);
      summedFromTheEnd(tails[batch]);
    }
    return tails;
  }

  private static void addTo(double[] tail, double[] batch) {
    for (int i = 0; i < batch.length; i++) {
      tail[Math.min(i, tail.length - 1)] += batch[i];
    }
  }

  private static double[] summedFromTheEnd(double[] tail) {
    for (int i = tail.length - 2; i >= 0; i--) {
      tail[i] += tail[i + 1];
    }
    return tail;
  }
}
