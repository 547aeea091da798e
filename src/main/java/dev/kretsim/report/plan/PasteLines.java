package dev.kretsim.report.plan;

import dev.kretsim.tracefs.ReturnProbeLine;

/**
 * How to set maxactive in the tools that can, one line each.
 *
 * @param symbol the function to probe
 * @param maxactive at least 1; tracefs takes no more than 4096
 */
record PasteLines(String symbol, int maxactive) {
  /** What a user must know who attaches another way. */
  static final String WARNING =
      "Attached through perf_event_open (the PMU, as bpftrace, perf and libbpf do by default) a"
          + " kretprobe gets the kernel's default: maxactive is ignored there. Use the tracefs line,"
          + " a module, or a tool that takes maxactive.";

  String kprobeEvents() {
    return ReturnProbeLine.of(symbol, maxactive).render();
  }

  String bcc() {
    return "b.attach_kretprobe(event=\""
        + symbol
        + "\", fn_name=\"on_return\", maxactive="
        + maxactive
        + ")";
  }

  String systemtap() {
    return "probe kernel.function(\"" + symbol + "\").return.maxactive(" + maxactive + ") { }";
  }

  String ciliumEbpf() {
    return "link.Kretprobe(\""
        + symbol
        + "\", prog, &link.KprobeOptions{RetprobeMaxActive: "
        + maxactive
        + "})";
  }

  String c() {
    return "static struct kretprobe rp = { .kp.symbol_name = \""
        + symbol
        + "\", .handler = on_return, .maxactive = "
        + maxactive
        + " };";
  }
}
