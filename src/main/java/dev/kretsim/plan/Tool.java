package dev.kretsim.plan;

import java.util.Locale;

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

  private final boolean settable;

  Tool(boolean settable) {
    this.settable = settable;
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
