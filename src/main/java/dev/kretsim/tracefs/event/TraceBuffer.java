package dev.kretsim.tracefs.event;

import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Task;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * What was traced, as the {@code trace} file shows it: a header, and one line for each hit.
 *
 * <p>The columns are those of recorded kernels; need-resched, preemption depth and whether the task
 * may migrate are not emulated and shown as dots.
 */
final class TraceBuffer {
  /** A full buffer loses its oldest lines, as the kernel's does. */
  private static final int MOST_LINES = 1_000_000;

  private static final long NS_PER_US = 1000;
  private static final long US_PER_SECOND = 1_000_000;

  private final KernelVersion kernel;
  private final int cpus;
  private final LongSupplier clock;
  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private long written;
  private boolean on = true;

  TraceBuffer(KernelVersion kernel, int cpus, LongSupplier clock) {
    this.kernel = kernel;
    this.cpus = cpus;
    this.clock = clock;
  }

  /** {@code tracing_on}: while it is off, hits are counted and not recorded. */
  void record(boolean wanted) {
    on = wanted;
  }

  synchronized void add(Cpu cpu, String event, String what) {
    if (!on) {
      return;
    }
    Task task = cpu.task();
    long us = clock.getAsLong() / NS_PER_US;
    if (lines.size() == MOST_LINES) {
      lines.remove();
    }
    written++;
    lines.add(
        String.format(
            Locale.ROOT,
            "%16s-%-7d [%03d] %s %5d.%06d: %s: %s",
            task.comm(),
            task.pid(),
            cpu.id(),
            flags(cpu),
            us / US_PER_SECOND,
            us % US_PER_SECOND,
            event,
            what));
  }

  private String flags(Cpu cpu) {
    String irqs = cpu.irqsEnabled() ? "." : "d";
    String context =
        switch (cpu.context()) {
          case TASK -> ".";
          case SOFTIRQ -> "s";
          case HARDIRQ -> "h";
          case NMI -> "Z";
        };
    return irqs + "." + context + (showsMigration() ? ".." : ".");
  }

  private boolean showsMigration() {
    return kernel.compareTo(KernelVersion.V6_0) >= 0;
  }

  synchronized void clear() {
    lines.clear();
    written = 0;
  }

  synchronized int size() {
    return lines.size();
  }

  /** The whole file. */
  synchronized String text() {
    String wide = showsMigration() ? "|||||" : "|||| ";
    StringBuilder text = new StringBuilder("# tracer: nop\n#\n");
    text.append(
        "# entries-in-buffer/entries-written: %d/%d   #P:%d\n#\n"
            .formatted(lines.size(), written, cpus));
    if (showsMigration()) {
      text.append("#                                _-----=> irqs-off/BH-disabled\n");
    } else {
      text.append("#                                _-----=> irqs-off\n");
    }
    text.append("#                               / _----=> need-resched\n");
    text.append("#                              | / _---=> hardirq/softirq\n");
    text.append("#                              || / _--=> preempt-depth\n");
    if (showsMigration()) {
      text.append("#                              ||| / _-=> migrate-disable\n");
      text.append("#                              |||| /     delay\n");
    } else {
      text.append("#                              ||| /     delay\n");
    }
    text.append("#           TASK-PID     CPU#  " + wide + "  TIMESTAMP  FUNCTION\n");
    text.append("#              | |         |   " + wide + "     |         |\n");
    lines.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}
