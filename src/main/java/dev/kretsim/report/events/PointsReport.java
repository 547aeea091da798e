package dev.kretsim.report.events;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.probe.registry.PointTrials;
import dev.kretsim.report.JsonForm;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Probe points and what a kernel says to each, as text and as JSON of schema {@code
 * kretsim.points/1}. Functions are printed as they come: an image has too many to keep.
 */
public final class PointsReport {
  /** How functions are shown. */
  public enum Form {
    /** A line for each instruction. */
    POINTS,
    /** A line for each function. */
    FUNCTIONS,
    /** JSON, a line for each function. */
    JSON
  }

  private final PrintWriter out;
  private final MachineSpec spec;
  private final Form form;
  private long functions;
  private long accepted;
  private long refused;
  private boolean askedRefused;

  /** Begins a report of so many functions. */
  public PointsReport(PrintWriter out, MachineSpec spec, Form form) {
    this.out = out;
    this.spec = spec;
    this.form = form;
    if (form == Form.JSON) {
      ObjectNode head = JsonForm.result("kretsim.points/1");
      head.put("kernel", spec.version().label()).put("arch", spec.arch().label());
      String opened = head.toString();
      out.print(opened.substring(0, opened.length() - 1) + ",\"functions\":[");
    } else if (form == Form.FUNCTIONS) {
      out.printf(
          "%8s %9s %7s %6s %6s %8s  function%n",
          "bytes", "accepted", "ftrace", "jump", "int3", "refused");
    }
  }

  /**
   * Adds a function.
   *
   * @param asked the only offset that is asked for; empty for all
   */
  public void add(PointTrials trials, OptionalInt asked) {
    int size = trials.symbol().size();
    IntStream offsets =
        asked.isPresent() ? IntStream.of(asked.getAsInt()) : IntStream.range(0, size);
    List<Point> points = offsets.mapToObj(offset -> Point.at(offset, trials, spec.arch())).toList();
    long ok = points.stream().filter(Point::accepted).count();
    switch (form) {
      case JSON -> json(trials, points);
      case FUNCTIONS -> line(trials, points, ok);
      case POINTS -> points(trials, points);
    }
    if (asked.isPresent() && ok == 0) {
      askedRefused = true;
      if (form == Form.POINTS) {
        nearest(trials, asked.getAsInt());
      }
    }
    functions++;
    accepted += ok;
    refused += points.size() - ok;
  }

  private void json(PointTrials trials, List<Point> points) {
    ObjectNode function = JsonForm.object();
    function.put("symbol", trials.symbol().name());
    function.put("address", "0x" + Long.toHexString(trials.symbol().address()));
    function.put("size", trials.symbol().size());
    ArrayNode array = function.putArray("points");
    points.forEach(point -> point.putInto(array.addObject()));
    out.print((functions == 0 ? "\n" : ",\n") + function);
  }

  private void line(PointTrials trials, List<Point> points, long ok) {
    out.printf(
        "%8d %9d %7d %6d %6d %8d  %s%n",
        trials.symbol().size(),
        ok,
        count(points, "ftrace"),
        count(points, "jump"),
        count(points, "int3"),
        points.size() - ok,
        trials.symbol().name());
  }

  private static long count(List<Point> points, String flavour) {
    return points.stream().filter(point -> flavour.equals(point.flavour())).count();
  }

  private void points(PointTrials trials, List<Point> points) {
    out.printf(
        "%s, %d bytes at 0x%x%n",
        trials.symbol().name(), trials.symbol().size(), trials.symbol().address());
    int shown = 0;
    while (shown < points.size()) {
      Point first = points.get(shown);
      int last = shown;
      while (last + 1 < points.size() && isSame(first, points.get(last + 1))) {
        last++;
      }
      String offsets = "+0x%x".formatted(first.trial().offset());
      if (last > shown) {
        offsets += "-0x%x".formatted(points.get(last).trial().offset());
      }
      boolean one = last == shown && first.instruction() != null;
      out.printf(
          "  %-13s %-32s %s%s%n",
          offsets,
          one ? first.bytes() : "",
          one ? first.words() + "; " : "",
          first.answer() + (first.patchedAtBoot() ? " (patched at boot)" : ""));
      shown = last + 1;
    }
  }

  /** Refusals in a row for the same reason are one line. */
  private static boolean isSame(Point one, Point next) {
    return !one.accepted()
        && !next.accepted()
        && one.patchedAtBoot() == next.patchedAtBoot()
        && one.answer().equals(next.answer());
  }

  private void nearest(PointTrials trials, int asked) {
    IntPredicate accepts = offset -> Point.at(offset, trials, spec.arch()).accepted();
    List<Integer> near = new ArrayList<>();
    IntStream.iterate(asked - 1, at -> at >= 0, at -> at - 1)
        .filter(accepts)
        .findFirst()
        .ifPresent(near::add);
    IntStream.range(asked + 1, trials.symbol().size())
        .filter(accepts)
        .findFirst()
        .ifPresent(near::add);
    out.println(
        near.isEmpty()
            ? "  no probe can be in this function"
            : near.stream()
                .map(offset -> "%s+0x%x".formatted(trials.symbol().name(), offset))
                .collect(Collectors.joining(" or ", "  nearest that is accepted: ", "")));
  }

  /** {@return whether every point that was asked for one by one is accepted} */
  public boolean finish() {
    if (form == Form.JSON) {
      out.print("\n]}\n");
    } else {
      out.printf(
          "%nkernel %s on %s: %d functions, %d points accepted, %d refused%n",
          spec.version().label(), spec.arch().label(), functions, accepted, refused);
    }
    out.flush();
    return !askedRefused;
  }
}
