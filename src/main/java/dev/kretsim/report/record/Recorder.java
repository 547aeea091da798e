package dev.kretsim.report.record;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What records: each needs no instance of a pool, or the most there may be, so that the record does
 * not lose the calls that it is to count; with {@code bcc} it does not lose their number.
 *
 * <p>Sources: ftrace and kprobetrace of the kernel's documentation; the manual pages of {@code
 * trace-cmd-record}, {@code perf-record}, {@code bpftrace} and {@code funclatency}.
 */
public enum Recorder {
  /** The function_graph tracer, through tracefs: no other program is needed. */
  FTRACE(
      "txt",
      """
      tracing=/sys/kernel/tracing
      [ -e "$tracing/current_tracer" ] || tracing=/sys/kernel/debug/tracing
      cd "$tracing"
      [ "$(cat current_tracer)" = nop ] ||
        { echo "somebody traces here already, with $(cat current_tracer)" >&2; exit 1; }
      for f in $functions; do
        grep -q "^$f\\( \\|$\\)" available_filter_functions ||
          { echo "$f: not in available_filter_functions, so it cannot be traced" >&2; exit 1; }
      done
      undo=
      trap 'set +e; eval "$undo"' EXIT
      trap 'exit 1' INT TERM HUP
      set_to() { # FILE VALUE: what is changed last is put back first
        [ -e "$1" ] || return 0
        old=$(sed -e 's/.*\\[\\(.*\\)\\].*/\\1/' -e 's/ .*//' "$1")
        undo="echo $old > $1
      $undo"
        echo "$2" > "$1"
      }
      empty() { # FILE, a list of names
        [ -e "$1" ] || return 0
        names=$(sed -e '/^#/d' -e '/:/d' -e '/^no pid/d' -e 's/ .*//' "$1")
        for old in $names; do
          undo="echo $old >> $1
      $undo"
        done
        undo="echo > $1
      $undo"
        echo > "$1"
      }
      set_to tracing_on 0
      for list in set_ftrace_filter set_ftrace_notrace set_ftrace_pid set_ftrace_notrace_pid \\
        set_graph_function set_graph_notrace; do
        empty $list
      done
      for f in $functions; do echo "$f" >> set_ftrace_filter; done
      set_to max_graph_depth 0
      set_to tracing_thresh 0
      set_to trace_clock global
      if [ "$(cat buffer_size_kb)" = X ]; then
        echo "buffers differ from CPU to CPU; they are left as they are" >&2
      else
        set_to buffer_size_kb "$size_kb"
      fi
      set_to current_tracer function_graph
      for option in funcgraph-abstime funcgraph-cpu funcgraph-duration funcgraph-proc \\
        funcgraph-tail funcgraph-irqs sleep-time; do
        set_to options/$option 1
      done
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
      tracing=/sys/kernel/tracing
      [ -e "$tracing/buffer_size_kb" ] || tracing=/sys/kernel/debug/tracing
      size=$tracing/buffer_size_kb
      old_size=$(sed 's/ .*//' "$size")
      trap 'rm -f "$file.dat"; [ "$old_size" = X ] || echo "$old_size" > "$size"' EXIT
      trap 'exit 1' INT TERM HUP
      set --
      for f in $functions; do set -- "$@" -l "$f"; done
      trace-cmd record -p function_graph "$@" -b "$size_kb" -o "$file.dat" sleep "$seconds"
      trace-cmd report -i "$file.dat" > "$file"
      """),
  /** Events with the largest pool that tracefs makes, recorded by perf. */
  PERF(
      "txt",
      """
      tracing=/sys/kernel/tracing
      [ -e "$tracing/kprobe_events" ] || tracing=/sys/kernel/debug/tracing
      events=$tracing/kprobe_events
      made=
      restore() {
        set +e
        for event in $made; do echo "-:kretsim/$event" >> "$events"; done
        rm -f "$file.data"
      }
      trap restore EXIT
      trap 'exit 1' INT TERM HUP
      for f in $functions; do
        event=$(echo "$f" | tr . _)
        echo "p:kretsim/${event}_in $f" >> "$events"
        made="$made ${event}_in"
        echo "r4096:kretsim/${event}_ret $f" >> "$events"
        made="$made ${event}_ret"
      done
      perf record -a -m 8M -e 'kretsim:*' -o "$file.data" -- sleep "$seconds"
      perf script --ns -i "$file.data" > "$file"
      """),
  /** Entries and exits as BPF trampolines see them, one line a call. */
  BPFTRACE(
      "csv",
      """
      program='' ends=''
      for f in $functions; do
        program="$program
          fentry:${f} { @depth_${f}[tid]++; @since_${f}[tid, @depth_${f}[tid]] = nsecs; }
          fexit:${f} /@depth_${f}[tid] > 0/ {
            printf(\\"%llu,%llu,%d,${f}\\\\n\\",
              @since_${f}[tid, @depth_${f}[tid]], nsecs, tid);
            delete(@since_${f}[tid, @depth_${f}[tid]]);
            @depth_${f}[tid]--;
          }"
        ends="$ends clear(@since_${f}); clear(@depth_${f});"
      done
      program="$program
          interval:s:$seconds { exit(); }
          END { $ends }"
      # One of the two names is that of older versions.
      BPFTRACE_PERF_RB_PAGES=1024 BPFTRACE_MAX_MAP_KEYS=65536 BPFTRACE_MAP_KEYS_MAX=65536 \\
        bpftrace -q -e "$program" -o "$file"
      """),
  /**
   * How long calls take, as funclatency counts it. That needs instances, of which it asks for the
   * kernel's default; how many calls came is counted beside it, where none is needed.
   */
  BCC(
      "txt",
      """
      latency=$(command -v funclatency funclatency-bpfcc | head -n 1)
      count=$(command -v funccount funccount-bpfcc | head -n 1)
      trap 'rm -f "$file.count"' EXIT
      trap 'exit 1' INT TERM HUP
      "${count:-/usr/share/bcc/tools/funccount}" -d "$seconds" "$functions" > "$file.count" &
      "${latency:-/usr/share/bcc/tools/funclatency}" -d "$seconds" "$functions" > "$file"
      wait
      entries=$(awk 'NF == 2 && $2 ~ /^[0-9]+$/ { n += $2 } END { print n + 0 }' "$file.count")
      returns=$(awk '$2 == "->" { n += $5 } END { print n + 0 }' "$file")
      rate=$(awk -v n="$entries" -v s="$seconds" 'BEGIN { print n / s }')
      echo "$entries calls came in, of $returns it is known how long they took"
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
