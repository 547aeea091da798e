package dev.kretsim.report.plan;

import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.FunctionPlan.Point;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.Ratio;
import dev.kretsim.plan.Recommendation;
import java.util.Locale;

/** The curve of the busiest function as a picture that needs nothing else. */
public final class Svg {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 360;
  private static final int LEFT = 70;
  private static final int TOP = 50;
  private static final int RIGHT = 690;
  private static final int BOTTOM = 300;
  private static final double LEAST = 1e-9;

  /**
   * What lies further to the right than so many curves is pointed at: it would squeeze the curve.
   */
  private static final int FAR = 4;

  private static final int FAR_AT_LEAST = 16;

  private final FunctionPlan function;
  private final int last;
  private final int decades;
  private final StringBuilder svg = new StringBuilder();

  private Svg(FunctionPlan function, double target) {
    this.function = function;
    Recommendation made = function.recommendation();
    int shown = Math.max(2, function.curve().size());
    int most = Math.max(made.maxactive(), mostInBursts(made));
    this.last = most <= FAR * shown + FAR_AT_LEAST ? Math.max(shown, most) : shown;
    double least = target;
    for (Point point : function.curve()) {
      least = point.missRatio() > LEAST ? Math.min(least, point.missRatio()) : least;
    }
    this.decades = (int) Math.ceil(-Math.log10(least) + 1e-9) + 1;
  }

  /** The picture as text. */
  public static String render(Plan plan) {
    FunctionPlan function = plan.functions().get(0);
    return new Svg(function, plan.question().target()).draw(plan.question().target());
  }

  private String draw(double target) {
    Recommendation made = function.recommendation();
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").append(WIDTH);
    svg.append(' ').append(HEIGHT).append("\" font-family=\"sans-serif\" font-size=\"12\">\n");
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
    text(LEFT, 26, "start", "16", function.function() + ": " + Words.verdict(made));
    for (int decade = 0; decade < decades; decade++) {
      double share = Math.pow(10, -decade);
      line(LEFT, y(share), RIGHT, y(share), "#e4e8ec", "");
      text(LEFT - 6, y(share) + 4, "end", "12", Ratio.text(share));
    }
    text(LEFT - 6, BOTTOM + 4, "end", "12", "none");
    line(LEFT, BOTTOM, RIGHT, BOTTOM, "#5d6773", "");
    int step = Math.max(1, (int) Math.ceil(last / 12.0));
    for (int size = 1; size <= last; size += step) {
      text(x(size), BOTTOM + 18, "middle", "12", String.valueOf(size));
    }
    text((LEFT + RIGHT) / 2.0, HEIGHT - 14, "middle", "12", "maxactive; share of calls missed");
    bursts(made);
    line(LEFT, y(target), RIGHT, y(target), "#c62a2f", "");
    text(LEFT + 6, y(target) - 5, "start", "12", "may be missed: " + Ratio.oneIn(target));
    Integer known = made.defaultMaxactive();
    if (known != null && known <= last) {
      line(x(known), TOP, x(known), BOTTOM, "#5d6773", "6 5");
      boolean right = x(known) > (LEFT + RIGHT) / 2.0;
      text(
          x(known) + (right ? -4 : 4),
          BOTTOM - 6,
          right ? "end" : "start",
          "12",
          "default: " + known);
    }
    if (made.maxactive() <= last) {
      line(x(made.maxactive()), TOP, x(made.maxactive()), BOTTOM, "#18794e", "");
      text(
          x(made.maxactive()),
          TOP - 6,
          "middle",
          "12",
          (made.isDefaultEnoughAnywhere() ? "would do: " : "maxactive = ") + made.maxactive());
    } else {
      text(RIGHT, TOP - 6, "end", "12", made.maxactive() + " lies further right \u2192");
    }
    svg.append("<polyline fill=\"none\" stroke=\"#0b62c4\" stroke-width=\"2\" points=\"");
    for (int size = 1; size <= last; size++) {
      svg.append(number(x(size))).append(',').append(number(y(function.missRatio(size))));
      svg.append(' ');
    }
    return svg.append("\"/>\n</svg>\n").toString();
  }

  /** Where the size that is needed lies if calls come in bursts, in words beside it. */
  private void bursts(Recommendation made) {
    if (made.ifBursty().isEmpty() || made.ifBursty().get(0).maxactive() > last) {
      return;
    }
    int from = made.ifBursty().get(0).maxactive();
    int to = mostInBursts(made);
    double right = to > last ? RIGHT : x(to);
    svg.append("<rect x=\"").append(number(x(from))).append("\" y=\"").append(TOP);
    svg.append("\" width=\"").append(number(Math.max(2, right - x(from))));
    svg.append("\" height=\"").append(BOTTOM - TOP);
    svg.append("\" fill=\"#b8860b\" fill-opacity=\"0.15\"/>\n");
    boolean toTheLeft = x(from) > (LEFT + RIGHT) / 2.0;
    text(
        toTheLeft ? x(from) - 4 : x(from) + 4,
        TOP + 14,
        toTheLeft ? "end" : "start",
        "12",
        "if calls come in bursts: " + from + " to " + to);
  }

  private static int mostInBursts(Recommendation made) {
    int bursts = made.ifBursty().size();
    return bursts == 0 ? 0 : made.ifBursty().get(bursts - 1).maxactive();
  }

  private double x(int size) {
    return LEFT + (RIGHT - LEFT) * (size - 1.0) / (last - 1.0);
  }

  /** On a scale of powers of ten; none at all is at the bottom. */
  private double y(double share) {
    double down = share <= 0 ? decades : Math.min(decades, -Math.log10(share));
    return TOP + (BOTTOM - TOP) * down / decades;
  }

  private void line(double fromX, double fromY, double toX, double toY, String ink, String dash) {
    svg.append("<path d=\"M").append(number(fromX)).append(' ').append(number(fromY));
    svg.append('L').append(number(toX)).append(' ').append(number(toY)).append("\" stroke=\"");
    svg.append(ink).append("\" stroke-dasharray=\"").append(dash).append("\"/>\n");
  }

  private void text(double x, double y, String anchor, String size, String words) {
    svg.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y));
    svg.append("\" text-anchor=\"").append(anchor).append("\" font-size=\"").append(size);
    svg.append("\" fill=\"#1b1f24\">");
    svg.append(words.replace("&", "&amp;").replace("<", "&lt;")).append("</text>\n");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
