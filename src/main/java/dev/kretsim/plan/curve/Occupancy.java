package dev.kretsim.plan.curve;

import dev.kretsim.plan.FunctionPlan.Stretch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many are inside over time: its mean and variance, and a picture of it in equal stretches.
 * Memory stays the same: when time runs over the last of {@value #MOST} stretches, each two become
 * one.
 */
public final class Occupancy {
  private static final int MOST = 512;

  /** So many changes are kept as they are; most functions of a large trace have no more. */
  private static final int FEW = 32;

  private long[] keptTimes = new long[2];
  private int[] keptInside = new int[2];
  private int kept;

  private double[] areas = {};
  private int[] peaks = {};
  private int alreadyInside;
  private boolean begun;
  private long originNs;
  private long widthNs = 1;
  private int current;
  private long currentEndNs;
  private long lastNs;
  private int lastInside;
  private double area;
  private double areaOfSquares;

  /** From that time on, so many are inside; a time before the last one told stands for that. */
  void change(long timeNs, int inside) {
    if (kept == keptTimes.length) {
      makeRoom();
    }
    keptTimes[kept] = timeNs;
    keptInside[kept++] = inside;
  }

  private void makeRoom() {
    if (kept == FEW) {
      draw();
    } else {
      keptTimes = Arrays.copyOf(keptTimes, 2 * kept);
      keptInside = Arrays.copyOf(keptInside, 2 * kept);
    }
  }

  /**
   * Draws the changes that are kept. The method is too long to be compiled into {@link #change}, so
   * that one stays short.
   */
  private void draw() {
    if (areas.length == 0) {
      areas = new double[MOST];
      peaks = new int[MOST];
      peaks[0] = alreadyInside;
      lastInside = alreadyInside;
    }
    if (!begun && kept > 0) {
      begun = true;
      originNs = keptTimes[0];
      lastNs = originNs;
      currentEndNs = originNs + widthNs;
    }
    // In variables, as each change waits for the one before it.
    long fromNs = lastNs;
    int inside = lastInside;
    double sum = area;
    double squares = areaOfSquares;
    double here = areas[current];
    int peak = peaks[current];
    for (int i = 0; i < kept; i++) {
      long timeNs = keptTimes[i];
      if (timeNs > fromNs) {
        double flat = (double) inside * (timeNs - fromNs);
        sum += flat;
        squares += flat * inside;
        if (timeNs >= currentEndNs) {
          areas[current] = here;
          peaks[current] = peak;
          fromNs = goOn(timeNs, fromNs, inside);
          here = areas[current];
          peak = inside;
        }
        here += (double) inside * (timeNs - fromNs);
        fromNs = timeNs;
      }
      inside = keptInside[i];
      peak = Math.max(peak, inside);
    }
    areas[current] = here;
    peaks[current] = peak;
    area = sum;
    areaOfSquares = squares;
    lastNs = fromNs;
    lastInside = inside;
    kept = 0;
  }

  /** Goes on to the stretch in which a time lies; tells where that begins. */
  private long goOn(long timeNs, long fromNs, int inside) {
    while ((timeNs - originNs) / widthNs >= MOST) {
      widen();
    }
    long from = fromNs;
    while (timeNs >= currentEndNs) {
      areas[current] += (double) inside * (currentEndNs - from);
      from = currentEndNs;
      currentEndNs += widthNs;
      current++;
      peaks[current] = inside;
    }
    return from;
  }

  /** The same with its picture; it itself, unless that would be its first. */
  private Occupancy drawn() {
    Occupancy drawn = this;
    if (areas.length == 0) {
      drawn = new Occupancy();
      drawn.alreadyInside = alreadyInside;
      drawn.keptTimes = keptTimes;
      drawn.keptInside = keptInside;
      drawn.kept = kept;
    }
    drawn.draw();
    return drawn;
  }

  /** So many are inside, some of them since before the first time told. */
  void already(int inside) {
    if (areas.length == 0 && kept == 0) {
      alreadyInside = inside;
      return;
    }
    draw();
    lastInside = inside;
    peaks[current] = Math.max(peaks[current], inside);
  }

  private void widen() {
    for (int i = 0; i < MOST / 2; i++) {
      areas[i] = areas[2 * i] + areas[2 * i + 1];
      peaks[i] = Math.max(peaks[2 * i], peaks[2 * i + 1]);
    }
    Arrays.fill(areas, MOST / 2, MOST, 0);
    Arrays.fill(peaks, MOST / 2, MOST, 0);
    widthNs *= 2;
    current /= 2;
    currentEndNs = originNs + (current + 1) * widthNs;
  }

  private long spanNs() {
    return lastNs - originNs;
  }

  /** The mean number inside; NaN if no time passed. */
  public double mean() {
    Occupancy drawn = drawn();
    return drawn.area / drawn.spanNs();
  }

  /**
   * How bursty the load is: the variance of the number inside over its mean. It is 1 for calls that
   * come at random, more for bursts, less for calls that keep a distance or come from few threads;
   * NaN if nobody was inside for any time. Teletraffic calls it the peakedness.
   */
  public double burstiness() {
    return burstiness(List.of(this));
  }

  /** The same of several stretches of time together. */
  public static double burstiness(List<Occupancy> all) {
    double span = 0;
    double area = 0;
    double squares = 0;
    for (Occupancy any : all) {
      Occupancy one = any.drawn();
      span += one.spanNs();
      area += one.area;
      squares += one.areaOfSquares;
    }
    double mean = area / span;
    return (squares / span - mean * mean) / mean;
  }

  /** The picture: stretches of equal length, in order. */
  public List<Stretch> stretches() {
    return drawn().picture();
  }

  private List<Stretch> picture() {
    List<Stretch> picture = new ArrayList<>();
    for (int i = 0; begun && i <= current; i++) {
      long length = i == current ? lastNs - (originNs + i * widthNs) : widthNs;
      picture.add(new Stretch(i * widthNs, length == 0 ? lastInside : areas[i] / length, peaks[i]));
    }
    return picture;
  }
}
