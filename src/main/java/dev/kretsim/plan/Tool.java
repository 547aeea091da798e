package dev.kretsim.plan;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.DidYouMean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What sets the return probe; whether maxactive can be set depends on it. */
public enum Tool {
  /** {@code kprobe_events}, by hand or by a script. */
  TRACEFS(true),
  /** bcc's Python and C++ libraries, which go through tracefs for it. */
  BCC(true),
  /** The bpftrace language. */
  BPFTRACE(false),
  /** The C library, and what is built on it. */
  LIBBPF(false),
  /** The Go library cilium/ebpf, which goes through tracefs for it. */
  CILIUM(true),
  /** {@code perf probe} and {@code perf record}. */
  PERF(false),
  /** SystemTap, which compiles a module. */
  SYSTEMTAP(true),
  /** A kernel module that calls {@code register_kretprobe}. */
  MODULE(true);

  /** What people call them, and what is built on them. */
  private static final Map<String, Tool> OTHER_NAMES =
      Map.ofEntries(
          Map.entry("ftrace", TRACEFS),
          Map.entry("tracecmd", TRACEFS),
          Map.entry("kprobeevents", TRACEFS),
          Map.entry("perftools", TRACEFS),
          Map.entry("python", BCC),
          Map.entry("bpfcc", BCC),
          Map.entry("bcctools", BCC),
          Map.entry("libbpftools", LIBBPF),
          Map.entry("bpftool", LIBBPF),
          Map.entry("go", CILIUM),
          Map.entry("ebpfgo", CILIUM),
          Map.entry("ciliumebpf", CILIUM),
          Map.entry("perfprobe", PERF),
          Map.entry("stap", SYSTEMTAP),
          Map.entry("c", MODULE),
          Map.entry("kmod", MODULE),
          Map.entry("ko", MODULE),
          Map.entry("kernelmodule", MODULE));

  private final boolean settable;

  Tool(boolean settable) {
    this.settable = settable;
  }

  /**
   * {@return the tool of that name, whatever its version: {@code bpftrace}, {@code bpftrace-0.21},
   * {@code stap}}
   *
   * @param text what the user typed
   * @throws BadInputException naming all, if it is none of them
   */
  public static Tool named(String text) {
    Tool exactly = labelled(text);
    if (exactly != null) {
      return exactly;
    }
    String name =
        text.strip()
            .toLowerCase(Locale.ROOT)
            .replaceFirst("[-_ v:=@]*[0-9][-.0-9a-z]*$", "")
            .replaceAll("[^a-z]", "");
    Tool plainly = labelled(name);
    Tool other = plainly == null ? OTHER_NAMES.get(name) : plainly;
    if (other == null) {
      List<String> labels = Arrays.stream(values()).map(Tool::label).toList();
      throw new BadInputException(
          "--tool must be one of "
              + String.join(", ", labels)
              + ": "
              + text
              + (name.equals("bpf") || name.equals("ebpf")
                  ? "; which of them loads it? bcc, bpftrace, libbpf or cilium"
                  : DidYouMean.hint(labels, text)));
    }
    return other;
  }

  private static @Nullable Tool labelled(String name) {
    for (Tool tool : values()) {
      if (tool.label().equals(name)) {
        return tool;
      }
    }
    return null;
  }

  /** {@return the name used in options and results} */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@return whether its probes can have another maxactive than the kernel's default} */
  public boolean setsMaxactive() {
    return settable;
  }

  /** {@return whether the number goes through tracefs, which takes no more than 4096} */
  public boolean goesThroughTracefs() {
    return this == TRACEFS || this == BCC || this == CILIUM;
  }
}
