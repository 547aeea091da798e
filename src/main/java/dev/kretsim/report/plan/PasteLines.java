package dev.kretsim.report.plan;

import dev.kretsim.kernel.KernelRelease;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.Ratio;
import dev.kretsim.plan.Recommendation;
import dev.kretsim.plan.Recommendation.Verdict;
import dev.kretsim.plan.Tool;
import dev.kretsim.tracefs.ReturnProbeLine;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to have the recommended maxactive with each tool, one line each, and what to know of it.
 *
 * <p>Sources: kprobetrace of the kernel's documentation (maxactive since 4.12); {@code
 * attach_kretprobe} of bcc's Python library; {@code KprobeOptions} of cilium/ebpf; the probe points
 * of SystemTap's manual; {@code perf_event_set_bpf_prog}, which lets no tracepoint program onto a
 * kprobe event, so that bpftrace cannot attach to one by name.
 */
final class PasteLines {
  /** What a user must know who attaches another way. */
  static final String WARNING =
      "bpftrace, perf and libbpf attach through perf_event_open, which ignores maxactive: their"
          + " return probes get the kernel's default.";

  private static final String EVENTS = "/sys/kernel/tracing/kprobe_events";

  /** What may stand in a line that a shell reads as root: a symbol, and its module before it. */
  private static final Pattern SYMBOL =
      Pattern.compile("(?:[A-Za-z0-9_-]+:)?[A-Za-z0-9_.$]*[A-Za-z0-9_]");

  /** BTF has no names of parts that a compiler split off, such as {@code f.isra.0}. */
  private static final Pattern IN_BTF = Pattern.compile("[A-Za-z0-9_]+");

  private final PlanQuestion question;
  private final KernelRelease release;
  private final Recommendation made;
  private final String symbol;
  private final String event;
  private final FunctionPlan plan;
  private final @Nullable String number;

  PasteLines(FunctionPlan plan, PlanQuestion question) {
    this(
        plan,
        question,
        keepsDefault(plan.recommendation())
            ? null
            : String.valueOf(plan.recommendation().maxactive()));
  }

  /**
   * The same for another number.
   *
   * @param number what stands for it; null: the kernel's default
   */
  PasteLines(FunctionPlan plan, PlanQuestion question, @Nullable String number) {
    this.plan = plan;
    this.number = number;
    this.question = question;
    String asked = question.kernelRelease();
    this.release = KernelRelease.of(asked == null ? question.kernel().label() : asked);
    this.made = plan.recommendation();
    this.symbol = plan.function();
    this.event = ReturnProbeLine.eventName(symbol);
  }

  /** Whether nothing is to be set, also where it is enough on any machine. */
  static boolean keepsDefault(Recommendation made) {
    return made.verdict() == Verdict.KEEP_DEFAULT || made.isDefaultEnoughAnywhere();
  }

  private boolean keepsDefault() {
    return number == null;
  }

  /** Whether that tool can have the number: all can have the default. */
  boolean works(Tool tool) {
    return keepsDefault()
        || (tool.setsMaxactive() && (!tool.goesThroughTracefs() || tracefsTakesIt()));
  }

  private boolean tracefsTakesIt() {
    return made.withinTracefs() && tracefsTakesAny();
  }

  /** Before, the kernel passed over the number and gave the default. */
  private boolean tracefsTakesAny() {
    return !release.isBefore(4, 12);
  }

  private boolean isSymbol() {
    return SYMBOL.matcher(symbol).matches();
  }

  /** The line for {@code kprobe_events}; null if it takes no such number. */
  @Nullable String kprobeEvents() {
    if (!isSymbol()) {
      return null;
    }
    if (keepsDefault()) {
      return "r:" + event + " " + symbol + " $retval";
    }
    return tracefsTakesIt() ? "r" + number + ":" + event + " " + symbol + " $retval" : null;
  }

  /** The line that has an effect in that tool, or goes round what it cannot; null if none does. */
  @Nullable String line(Tool tool) {
    if (!isSymbol()) {
      return null;
    }
    return switch (tool) {
      case TRACEFS -> echo();
      case BCC -> works(tool) ? bcc() : null;
      case BPFTRACE -> bpftrace();
      case LIBBPF -> libbpf();
      case CILIUM -> works(tool) ? cilium() : null;
      case PERF -> perf();
      case SYSTEMTAP -> systemtap();
      case MODULE -> module();
    };
  }

  private @Nullable String echo() {
    String line = kprobeEvents();
    return line == null ? null : "echo '" + line + "' >> " + EVENTS;
  }

  private String bcc() {
    return "b.attach_kretprobe(event=b\""
        + symbol
        + "\", fn_name=b\"on_return\""
        + (keepsDefault() ? "" : ", maxactive=" + number)
        + ")";
  }

  private String cilium() {
    return "link.Kretprobe(\""
        + symbol
        + "\", prog, "
        + (keepsDefault() ? "nil" : "&link.KprobeOptions{RetprobeMaxActive: " + number + "}")
        + ")";
  }

  private @Nullable String bpftrace() {
    if (keepsDefault()) {
      return "bpftrace -e 'kretprobe:" + symbol + " { @[retval] = count(); }'";
    }
    return hasFexit() ? "bpftrace -e 'fexit:" + symbol + " { @[retval] = count(); }'" : null;
  }

  private @Nullable String libbpf() {
    if (keepsDefault()) {
      return "SEC(\"kretprobe/" + symbol + "\")";
    }
    return hasFexit() ? "SEC(\"fexit/" + symbol + "\")" : null;
  }

  private @Nullable String perf() {
    String echo = echo();
    return echo == null ? null : echo + " && perf record -a -e kprobes:" + event + " -- sleep 10";
  }

  private String systemtap() {
    int colon = symbol.indexOf(':');
    return (colon < 0 ? "probe kernel" : "probe module(\"" + symbol.substring(0, colon) + "\")")
        + ".function(\""
        + symbol.substring(colon + 1)
        + "\").return"
        + (keepsDefault() ? "" : ".maxactive(" + number + ")")
        + " { println($$return) }";
  }

  private String module() {
    return "static struct kretprobe rp = { .kp.symbol_name = \""
        + symbol
        + "\", .handler = on_return"
        + (keepsDefault() ? "" : ", .maxactive = " + number)
        + " };";
  }

  /** What to know of the line, in one or two sentences. */
  String note(Tool tool) {
    if (!isSymbol()) {
      return "There is no line to paste: that name is no kernel symbol, which has letters, digits,"
          + " _, . and $ only, and may have MODULE: before it.";
    }
    if (keepsDefault()) {
      return tool == Tool.SYSTEMTAP
          ? "Nothing is to be set: SystemTap asks for more than the kernel's default by itself."
          : "Nothing is to be set: every tool's return probe gets that number.";
    }
    if (tool.goesThroughTracefs() && !tracefsTakesAny()) {
      return "It cannot be set through tracefs, which takes a number from kernel 4.12 on and"
          + " before that gives the default; a module or SystemTap can (--tool module).";
    }
    if (tool.goesThroughTracefs() && !made.withinTracefs()) {
      return "It cannot be set through tracefs, which takes "
          + ReturnProbeLine.MOST_INSTANCES
          + " at most and would then miss "
          + Ratio.text(plan.point(ReturnProbeLine.MOST_INSTANCES).missRatio())
          + "; a module or SystemTap can (--tool module).";
    }
    return switch (tool) {
      case TRACEFS -> WARNING + " --tool NAME says what works there.";
      case BCC -> "From bcc 0.9 on; it sets the probe through tracefs for this.";
      case CILIUM ->
          "From cilium/ebpf 0.10 on; it sets the probe through tracefs for this, and calls the"
              + " option deprecated.";
      case BPFTRACE -> "It cannot be set in bpftrace: a kretprobe there " + getsDefault() + fexit();
      case LIBBPF ->
          "It cannot be set in libbpf: a kretprobe there "
              + getsDefault()
              + fexit()
              + (tracefsTakesAny()
                  ? " Or open the tracefs event by its id (perf_event_open, PERF_TYPE_TRACEPOINT)"
                      + " and use bpf_program__attach_perf_event."
                  : "");
      case PERF ->
          "perf probe cannot set it and "
              + getsDefault()
              + (tracefsTakesIt()
                  ? "; make the event through tracefs and record that, as above."
                  : tracefsTakesAny()
                      ? "; tracefs takes " + ReturnProbeLine.MOST_INSTANCES + " at most."
                      : "; tracefs takes a number from kernel 4.12 on.");
      case SYSTEMTAP, MODULE -> "Any number can be set there.";
    };
  }

  private String getsDefault() {
    Double misses = made.defaultMissRatio();
    return "gets the kernel's default"
        + (misses == null
            ? ""
            : " of " + made.defaultMaxactive() + ", which would miss " + Ratio.text(misses));
  }

  private boolean hasFexit() {
    return !release.isBefore(5, 5) && IN_BTF.matcher(symbol).matches();
  }

  private String fexit() {
    if (!hasFexit()) {
      return (tracefsTakesAny()
              ? ". Set the probe with bcc or tracefs: "
              : ". Set the probe with a module or SystemTap: ")
          + (release.isBefore(5, 5)
              ? "fexit, which needs no instances, came with 5.5."
              : "fexit, which needs no instances, takes no such name (BTF has none with a dot).");
    }
    String multi =
        question.kernel().compareTo(KernelVersion.V7_3) >= 0
            ? " (kprobe.multi needs none either on this kernel.)"
            : " (kprobe.multi has a pool as small on 6.12, and does not count what it misses;"
                + " on 7.3 it needs none.)";
    return ". fexit needs no instances: kernel 5.5 or newer with BTF." + multi;
  }
}
