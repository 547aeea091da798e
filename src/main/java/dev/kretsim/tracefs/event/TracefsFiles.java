package dev.kretsim.tracefs.event;

import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.probe.Errno;
import dev.kretsim.probe.registry.Kprobes;
import dev.kretsim.tracefs.fetch.TraceError;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files of tracefs, and of debugfs' {@code kprobes}, as a shell reads and writes them. */
public final class TracefsFiles {
  private static final Pattern ENABLE = Pattern.compile("events/(?:(\\w+)/)?(?:(\\w+)/)?enable");
  private static final Pattern FORMAT = Pattern.compile("events/(\\w+)/(\\w+)/enable");

  /** As many as the kernel keeps. */
  private static final int MOST_ERRORS = 8;

  private static final String NO_SWITCH = Errno.EINVAL + ": expected 1 or 0";

  private static final long NS_PER_US = 1000;
  private static final long US_PER_SECOND = 1_000_000;

  private final Machine machine;
  private final Kprobes kprobes;
  private final ProbeEvents events;
  private final LongSupplier clock;
  private final Deque<String> errors = new ArrayDeque<>();
  private boolean tracing = true;

  /**
   * The files of a machine.
   *
   * @param clock in nanoseconds, for the error log
   */
  public TracefsFiles(Machine machine, Kprobes kprobes, ProbeEvents events, LongSupplier clock) {
    this.machine = machine;
    this.kprobes = kprobes;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Writes to a file.
   *
   * @param file below tracefs or debugfs
   * @param append whether to leave what is there, as {@code >>} does
   * @return what the writer is told; null if all is well
   */
  public @Nullable String write(String file, String text, boolean append) {
    Matcher enable = ENABLE.matcher(file);
    if (enable.matches()) {
      Boolean wanted = flag(text);
      return wanted == null
          ? NO_SWITCH
          : told(events.enable(enable.group(1), enable.group(2), wanted));
    }
    switch (file) {
      case "kprobe_events", "dynamic_events" -> {
        return define(text, append);
      }
      case "trace" -> events.clearTrace();
      case "error_log" -> errors.clear();
      case "tracing_on" -> {
        Boolean wanted = flag(text);
        if (wanted == null) {
          return NO_SWITCH;
        }
        tracing = wanted;
        events.record(tracing);
      }
      case "kprobes/enabled" -> {
        return arm(text);
      }
      default -> {
        return "no such file, or none that can be written: " + file;
      }
    }
    return null;
  }

  /** 1 or 0; null if it is neither. */
  private static @Nullable Boolean flag(String text) {
    return switch (text.strip()) {
      case "1" -> true;
      case "0" -> false;
      default -> null;
    };
  }

  /** Old kernels look at the first letter alone; newer ones know on and off as well. */
  private @Nullable String arm(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    boolean newer = machine.version().compareTo(KernelVersion.V6_0) >= 0;
    if (word.startsWith("y") || word.startsWith("1") || newer && word.equals("on")) {
      kprobes.armAll();
    } else if (word.startsWith("n") || word.startsWith("0") || newer && word.equals("off")) {
      kprobes.disarmAll();
    } else {
      return NO_SWITCH;
    }
    return null;
  }

  private static @Nullable String told(@Nullable Errno errno) {
    return errno == null ? null : errno.name();
  }

  private @Nullable String define(String text, boolean append) {
    Errno busy = append ? null : events.truncate();
    if (busy != null) {
      return busy + ": an event is enabled";
    }
    for (String line : text.lines().toList()) {
      Written written = events.write(line);
      if (!written.accepted()) {
        return refused(written);
      }
    }
    return null;
  }

  private String refused(Written written) {
    TraceError error = written.error();
    if (error == null) {
      return String.valueOf(written.errno());
    }
    long us = clock.getAsLong() / NS_PER_US;
    if (errors.size() == MOST_ERRORS) {
      errors.remove();
    }
    errors.add(
        String.format(
            Locale.ROOT,
            "[%5d.%06d] trace_kprobe: error: %s\n  Command: %s\n%s^\n",
            us / US_PER_SECOND,
            us % US_PER_SECOND,
            error.text() == null ? error.name() : error.text(),
            written.command(),
            " ".repeat("  Command: ".length() + written.caret())));
    return written.errno() + " " + error + ": " + error.advice();
  }

  /** What reading a file gives; empty if there is no such file. */
  public Optional<String> read(String file) {
    Matcher one = FORMAT.matcher(file);
    if (one.matches()) {
      return Optional.of(events.isEnabled(one.group(1), one.group(2)) ? "1\n" : "0\n");
    }
    return switch (file) {
      case "kprobe_events", "dynamic_events" -> Optional.of(events.listing());
      case "kprobe_profile" -> Optional.of(profile());
      case "trace" -> Optional.of(events.trace());
      case "tracing_on" -> Optional.of(tracing ? "1\n" : "0\n");
      case "error_log" -> Optional.of(String.join("", errors));
      case "kprobes/enabled" -> Optional.of(kprobes.areDisarmed() ? "0\n" : "1\n");
      case "kprobes/list" -> Optional.of(lines(kprobes.list()));
      case "kprobes/blacklist" -> Optional.of(lines(machine.symbols().blacklist()));
      default -> Optional.empty();
    };
  }

  private String profile() {
    StringBuilder text = new StringBuilder();
    events.profile().forEach(line -> text.append(line.text()));
    return text.toString();
  }

  private static String lines(Iterable<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}
