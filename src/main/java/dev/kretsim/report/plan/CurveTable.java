package dev.kretsim.report.plan;

import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.FunctionPlan.Point;
import dev.kretsim.plan.Ratio;
import dev.kretsim.plan.Recommendation;
import dev.kretsim.report.TextTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Some rows of a curve, with the ones that matter marked. */
final class CurveTable {
  private static final int BAR = 24;
  private static final int SHORT_BAR = 6;

  private final FunctionPlan function;
  private final double confidence;

  CurveTable(FunctionPlan function, double confidence) {
    this.function = function;
    this.confidence = confidence;
  }

  /** The rows; bars get shorter, and then the formula goes, until they fit the layout. */
  String render(Layout layout) {
    boolean formula = !function.analytic().missRatios().isEmpty();
    int bar = BAR;
    String text = render(bar, formula);
    while ((bar > 0 || formula) && isWider(text, layout.width())) {
      formula &= bar > SHORT_BAR;
      bar = Math.max(0, bar - 1);
      text = render(bar, formula);
    }
    return text;
  }

  private static boolean isWider(String text, int width) {
    int from = 0;
    for (int to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
      if (to - from > width) {
        return true;
      }
      from = to + 1;
    }
    return false;
  }

  private String render(int bar, boolean formula) {
    boolean grown = CurveRow.isGrown(function);
    TextTable table = new TextTable();
    List<String> head = new ArrayList<>(List.of("maxactive", "missed", "ratio"));
    head.add("range, " + percent() + " sure");
    if (grown) {
      head.add("today");
    }
    if (formula) {
      head.add(CurveRow.formulaName(function));
    }
    head.add("");
    table.row(head.toArray(new String[0]));
    double largest = function.curve().isEmpty() ? 0 : function.curve().get(0).missRatio();
    for (int size : sizes()) {
      Point point = function.point(size);
      List<String> row = new ArrayList<>();
      row.add(String.valueOf(size));
      row.add(String.valueOf(point.missed()));
      row.add(Ratio.text(point.missRatio()));
      row.add(Ratio.range(point.low(), point.high()));
      if (grown) {
        row.add(CurveRow.today(function, size));
      }
      if (formula) {
        row.add(byFormula(size));
      }
      row.add(bar(bar, point.missRatio(), largest) + marks(size));
      table.row(row.toArray(new String[0]));
    }
    return table.render("  ");
  }

  private String byFormula(int size) {
    List<Double> ratios = function.analytic().missRatios();
    return size <= ratios.size() ? Ratio.text(ratios.get(size - 1)) : "";
  }

  /** Powers of two, and the sizes that matter. */
  private SortedSet<Integer> sizes() {
    SortedSet<Integer> sizes = new TreeSet<>();
    int end = function.curve().size();
    for (int size = 1; size < end; size *= 2) {
      sizes.add(size);
    }
    sizes.add(Math.max(1, end));
    if (function.asked() != null) {
      sizes.add(function.asked().maxactive());
    }
    sizes.add(function.recommendation().maxactive());
    sizes.add(function.recommendation().smallest());
    Integer known = function.recommendation().defaultMaxactive();
    if (known != null) {
      sizes.add(known);
    }
    if (function.recommendation().isDefaultEnoughAnywhere()) {
      sizes.add(function.recommendation().byCpus().get(0).maxactive());
    }
    return sizes;
  }

  private static String bar(int longest, double ratio, double largest) {
    int length = largest == 0 ? 0 : (int) Math.ceil(longest * ratio / largest);
    return "#".repeat(length) + (length == 0 ? "" : " ");
  }

  private String marks(int size) {
    List<String> marks = new ArrayList<>();
    Integer known = function.recommendation().defaultMaxactive();
    Recommendation made = function.recommendation();
    boolean anywhere = made.isDefaultEnoughAnywhere();
    if (size == made.maxactive() && !anywhere) {
      marks.add("recommended");
    }
    if (known != null && size == known) {
      marks.add("default");
    }
    if (size == made.smallest() && (anywhere || size != made.maxactive())) {
      marks.add("would do");
    }
    if (anywhere && size == made.byCpus().get(0).maxactive()) {
      marks.add("least default");
    }
    if (function.asked() != null && size == function.asked().maxactive()) {
      marks.add("asked for");
    }
    Integer peak = function.peakInside();
    if (peak != null && size == peak) {
      marks.add("most seen inside");
    }
    return marks.isEmpty() ? "" : "<- " + String.join(", ", marks);
  }

  private String percent() {
    return BigDecimal.valueOf(confidence).movePointRight(2).stripTrailingZeros().toPlainString()
        + " %";
  }
}
