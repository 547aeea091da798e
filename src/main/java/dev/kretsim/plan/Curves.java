package dev.kretsim.plan;

import dev.kretsim.plan.FunctionPlan.Point;
import java.util.ArrayList;
import java.util.List;

/** What holds for every curve of misses. */
public final class Curves {
  private Curves() {}

  /**
   * {@return the curve with bounds that never rise with the size of the pool}
   *
   * <p>The true ratio never rises: a larger pool misses no call that a smaller one has room for.
   * The bounds of neighbouring points come from different misses, so they may. Each upper bound is
   * raised to the largest at or behind it, and each lower bound lowered to the smallest at or
   * before it: a bound that is only ever moved outwards still holds with the confidence it had.
   * (Lowering an upper bound to the one before would use two statements where one was paid for.)
   *
   * @param curve for each pool from 1 on, in order
   */
  public static List<Point> monotone(List<Point> curve) {
    Point[] points = curve.toArray(new Point[0]);
    double high = 0;
    for (int i = points.length - 1; i >= 0; i--) {
      high = Math.max(high, points[i].high());
      points[i] = with(points[i], points[i].low(), high);
    }
    double low = 1;
    for (int i = 0; i < points.length; i++) {
      low = Math.min(low, points[i].low());
      points[i] = with(points[i], low, points[i].high());
    }
    return new ArrayList<>(List.of(points));
  }

  private static Point with(Point point, double low, double high) {
    return new Point(point.maxactive(), point.missed(), point.missRatio(), low, high);
  }

  /**
   * {@return the point for a pool, which may lie beyond the curve}
   *
   * @param curve for each pool from 1 on, in order; may be empty
   * @param maxactive at least 1
   */
  public static Point at(List<Point> curve, int maxactive) {
    if (maxactive <= curve.size()) {
      return curve.get(maxactive - 1);
    }
    Point last = curve.isEmpty() ? new Point(1, 0, 0, 0, 1) : curve.get(curve.size() - 1);
    return new Point(maxactive, 0, 0, 0, last.high());
  }
}
