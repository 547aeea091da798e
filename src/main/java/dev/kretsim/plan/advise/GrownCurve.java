package dev.kretsim.plan.advise;

import dev.kretsim.plan.FunctionPlan.Point;
import dev.kretsim.plan.formula.ErlangB;
import java.util.ArrayList;
import java.util.List;

/**
 * The curve of several independent copies of a load, from the curve of one.
 *
 * <p>A pool of the grown load misses what that pool misses of the present one which the formula
 * says misses as much: the formula only moves sizes, what is missed there was seen. It is Erlang's,
 * on size and load both divided by the burstiness (W. S. Hayward's approximation), which the copies
 * leave as it is: mean and variance of the number inside both grow by the factor.
 */
final class GrownCurve {
  private static final int SPARE = 64;

  private final List<Point> curve;
  private final double[] losses;

  private GrownCurve(List<Point> curve, double load, double burstiness) {
    this.curve = curve;
    losses = new double[curve.size() + 1];
    for (int c = 0; c < losses.length; c++) {
      losses[c] = ErlangB.loss(load / burstiness, c / burstiness);
    }
  }

  /**
   * The curve of the grown load.
   *
   * @param curve of the present one, whose ratios and upper bounds never rise
   * @param load the mean number inside, above 0
   * @param burstiness variance over mean of the number inside, above 0
   * @param factor how many copies, at least 1
   * @param calls of the present load: of so many the misses are told
   */
  static List<Point> of(
      List<Point> curve, double load, double burstiness, double factor, long calls) {
    GrownCurve present = new GrownCurve(curve, load, burstiness);
    List<Point> grown = new ArrayList<>();
    double most = 4 * factor * curve.size() + SPARE;
    double size = 0;
    for (int c = 1; c <= most && size < curve.size(); c++) {
      size = present.sizeThatLoses(ErlangB.loss(factor * load / burstiness, c / burstiness));
      grown.add(present.at(size, c, calls));
    }
    return grown;
  }

  /** The size, not whole, of the present load's pool that loses this share; at most the curve's. */
  private double sizeThatLoses(double loss) {
    int larger = 1;
    while (larger < losses.length && losses[larger] > loss) {
      larger++;
    }
    if (larger == losses.length || !(losses[larger] > 0) || !(loss > 0)) {
      return larger == losses.length ? curve.size() : larger;
    }
    double step = Math.log(losses[larger] / losses[larger - 1]);
    return step == 0 ? larger : larger - 1 + Math.log(loss / losses[larger - 1]) / step;
  }

  private Point at(double size, int maxactive, long calls) {
    int below = (int) Math.min(Math.floor(size), curve.size());
    int above = Math.min(below + 1, curve.size());
    double share = size - below;
    Point from = below == 0 ? new Point(0, 0, 1, 1, 1) : curve.get(below - 1);
    Point to = curve.get(above - 1);
    double ratio = between(from.missRatio(), to.missRatio(), share);
    return new Point(
        maxactive,
        Math.round(ratio * calls),
        ratio,
        between(from.low(), to.low(), share),
        between(from.high(), to.high(), share));
  }

  /** Between two shares as on a log scale; to one of none, evenly. */
  private static double between(double from, double to, double share) {
    return to > 0 ? from * Math.pow(to / from, share) : from + (to - from) * share;
  }
}
