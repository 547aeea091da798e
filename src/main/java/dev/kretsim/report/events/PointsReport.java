package dev.kretsim.report.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.probe.registry.PointTrials;
import dev.kretsim.report.JsonForm;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private boolean asked;
  private boolean askedRefused;

  /** Begins a report of so many functions. */
  public PointsReport(PrintWriter out, MachineSpec spec, Form form) {
    this.out = out;
    this.spec = spec;
    this.form = form;
    if (form == Form.JSON) {
      ObjectNode head = JsonForm.result("kretsim.points/1");
      head.put("kernel", spec.version().label()).put("arch", spec.arch().label());
      out.print(opened(head) + ",\"functions\":[");
    } else if (form == Form.FUNCTIONS) {
      out.printf(
          "%8s %9s %7s %6s %6s %8s  function%n",
          "bytes", "accepted", "ftrace", "jump", "int3", "refused");
    }
  }

  /**
   * Adds a function.
   *
   * @param only the offset that is asked for; empty for all
   */
  public void add(PointTrials trials, OptionalInt only) {
    int size = trials.symbol().size();
    int from = only.orElse(0);
    int to = only.isPresent() ? from + 1 : size;
    long acceptedBefore = accepted;
    switch (form) {
      case JSON -> json(trials, from, to);
      case FUNCTIONS -> line(trials, from, to);
      case POINTS -> points(trials, from, to);
    }
    functions++;
    asked |= only.isPresent();
    if (only.isPresent() && accepted == acceptedBefore) {
      askedRefused = true;
      if (form == Form.POINTS) {
        nearest(trials, from);
      }
    }
  }

  /** A point, counted; none is kept, as functions may be long. */
  private Point at(int offset, PointTrials trials) {
    Point point = Point.at(offset, trials, spec.arch());
    if (point.accepted()) {
      accepted++;
    } else {
      refused++;
    }
    return point;
  }

  private void json(PointTrials trials, int from, int to) {
    ObjectNode function = JsonForm.object();
    function.put("symbol", trials.symbol().name());
    function.put("address", "0x" + Long.toHexString(trials.symbol().address()));
    function.put("size", trials.symbol().size());
    out.print((functions == 0 ? "\n" : ",\n") + opened(function) + ",\"points\":[");
    for (int offset = from; offset < to; offset++) {
      ObjectNode point = JsonForm.object();
      at(offset, trials).putInto(point);
      out.print((offset == from ? "" : ",") + point);
    }
    out.print("]}");
  }

  private static String opened(ObjectNode json) {
    String text = json.toString();
    return text.substring(0, text.length() - 1);
  }

  private void line(PointTrials trials, int from, int to) {
    Map<String, Integer> flavours = new HashMap<>();
    long before = accepted;
    for (int offset = from; offset < to; offset++) {
      String flavour = at(offset, trials).flavour();
      if (flavour != null) {
        flavours.merge(flavour, 1, Integer::sum);
      }
    }
    out.printf(
        "%8d %9d %7d %6d %6d %8d  %s%n",
        trials.symbol().size(),
        accepted - before,
        flavours.getOrDefault("ftrace", 0),
        flavours.getOrDefault("jump", 0),
        flavours.getOrDefault("int3", 0),
        to - from - (accepted - before),
        trials.symbol().name());
  }

  private void points(PointTrials trials, int from, int to) {
    out.printf(
        "%s, %d bytes at 0x%x%n",
        trials.symbol().name(), trials.symbol().size(), trials.symbol().address());
    Point first = at(from, trials);
    int last = from;
    for (int offset = from + 1; offset < to; offset++) {
      Point next = at(offset, trials);
      if (!isSame(first, next)) {
        print(first, last);
        first = next;
      }
      last = offset;
    }
    print(first, last);
  }

  private void print(Point first, int last) {
    int offset = first.trial().offset();
    boolean one = last == offset && first.instruction() != null;
    out.printf(
        "  %-13s %-32s %s%s%n",
        "+0x%x".formatted(offset) + (last > offset ? "-0x%x".formatted(last) : ""),
        one ? first.bytes() : "",
        one ? first.words() + "; " : "",
        first.answer() + (first.patchedAtBoot() ? " (patched at boot)" : ""));
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
          "%nkernel %s on %s: %s%d accepted, %d refused%n",
          spec.version().label(),
          spec.arch().label(),
          functions > 1 && !asked ? functions + " functions, " : "",
          accepted,
          refused);
    }
    out.flush();
    return !askedRefused;
  }
}
