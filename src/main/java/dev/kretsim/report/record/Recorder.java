package dev.kretsim.report.record;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What records: each needs no instance of a pool, or the most there may be, so that the record does
 * not lose the calls that it is to count.
 *
 * <p>Sources: ftrace and kprobetrace of the kernel's documentation; the manual pages of {@code
 * trace-cmd-record}, {@code perf-record}, {@code bpftrace} and {@code funclatency}.
 */
public enum Recorder {
  /** The function_graph tracer, through tracefs: no other program is needed. */
  FTRACE(
      "txt",
      """
      cd /sys/kernel/tracing
      for f in $functions; do
        grep -q "^$f\\( \\|$\\)" available_filter_functions ||
          { echo "$f: not in available_filter_functions, so it cannot be traced" >&2; exit 1; }
      done
      old_tracer=$(cat current_tracer) old_depth=$(cat max_graph_depth)
      old_size=$(sed 's/ .*//' buffer_size_kb) old_time=$(cat options/funcgraph-abstime)
      old_task=$(cat options/funcgraph-proc) old_on=$(cat tracing_on)
      old_functions=$(grep -v '^#' set_graph_function || true)
      restore() {
        echo 0 > tracing_on
        echo nop > current_tracer
        echo > set_graph_function
        for f in $old_functions; do echo "$f" >> set_graph_function; done
        echo "$old_depth" > max_graph_depth
        echo "$old_time" > options/funcgraph-abstime
        echo "$old_task" > options/funcgraph-proc
        echo "$old_size" > buffer_size_kb
        echo "$old_tracer" > current_tracer
        echo "$old_on" > tracing_on
      }
      trap restore EXIT
      echo 0 > tracing_on
      echo nop > current_tracer
      echo "$size_kb" > buffer_size_kb
      echo 1 > max_graph_depth
      echo > set_graph_function
      for f in $functions; do echo "$f" >> set_graph_function; done
      echo function_graph > current_tracer
      echo 1 > options/funcgraph-abstime
      echo 1 > options/funcgraph-proc
      echo > trace
      echo 1 > tracing_on
      sleep "$seconds"
      echo 0 > tracing_on
      cat trace > "$file"
      """),
  /** The same tracer through trace-cmd, which reads the buffers as they fill. */
  TRACE_CMD(
      "txt",
      """
      old_size=$(sed 's/ .*//' /sys/kernel/tracing/buffer_size_kb)
      trap 'echo "$old_size" > /sys/kernel/tracing/buffer_size_kb; rm -f "$file.dat"' EXIT
      set --
      for f in $functions; do set -- "$@" -g "$f"; done
      trace-cmd record -p function_graph --max-graph-depth 1 "$@" -b "$size_kb" -o "$file.dat" \\
        sleep "$seconds"
      trace-cmd report -i "$file.dat" > "$file"
      """),
  /** Events with the largest pool that tracefs makes, recorded by perf. */
  PERF(
      "txt",
      """
      events=/sys/kernel/tracing/kprobe_events
      restore() {
        for f in $functions; do
          echo "-:kretsim/${f}_in" >> "$events"
          echo "-:kretsim/${f}_ret" >> "$events"
        done
        rm -f "$file.data"
      }
      trap restore EXIT
      for f in $functions; do
        echo "p:kretsim/${f}_in $f" >> "$events"
        echo "r4096:kretsim/${f}_ret $f" >> "$events"
      done
      perf record -a -e 'kretsim:*' -o "$file.data" -- sleep "$seconds"
      perf script -i "$file.data" > "$file"
      """),
  /** Entries and exits as BPF trampolines see them, one line a call. */
  BPFTRACE(
      "csv",
      """
      program='' ends=''
      for f in $functions; do
        program="$program
          fentry:${f} { @since_${f}[tid] = nsecs; }
          fexit:${f} /@since_${f}[tid]/ {
            printf(\\"%llu,%llu,%d,${f}\\\\n\\", @since_${f}[tid], nsecs, tid);
            delete(@since_${f}[tid]);
          }"
        ends="$ends clear(@since_${f});"
      done
      program="$program
          interval:s:$seconds { exit(); }
          END { $ends }"
      BPFTRACE_PERF_RB_PAGES=1024 bpftrace -q -e "$program" -o "$file"
      """),
  /** How long calls take, as funclatency counts it: the rate is worked out from its counts. */
  BCC(
      "txt",
      """
      tool=$(command -v funclatency funclatency-bpfcc | head -n 1)
      "${tool:-/usr/share/bcc/tools/funclatency}" -d "$seconds" "$functions" > "$file"
      rate=$(awk -v s="$seconds" '$2 == "->" { n += $5 } END { print n / s }' "$file")
      """);

  private final String extension;
  private final String body;

  Recorder(String extension, String body) {
    this.extension = extension;
    this.body = body;
  }

  /** {@return the recorder of that name; empty if there is none} */
  public static Optional<Recorder> named(String name) {
    return Arrays.stream(values()).filter(recorder -> recorder.label().equals(name)).findFirst();
  }

  /** {@return all names, for messages} */
  public static String labels() {
    return Arrays.stream(values()).map(Recorder::label).collect(Collectors.joining(", "));
  }

  private String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String extension() {
    return extension;
  }

  String body() {
    return body;
  }
}
