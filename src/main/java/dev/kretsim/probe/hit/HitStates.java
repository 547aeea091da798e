package dev.kretsim.probe.hit;

/** How far each CPU is with a hit: {@code kprobe_status} of {@code struct kprobe_ctlblk}. */
final class HitStates {
  static final long IDLE = 0;

  /** Before the instruction; also in a return handler and in a busy section. */
  static final long ACTIVE = 1;

  /** Executing the copied instruction. */
  static final long SS = 2;

  /** Executing the instruction of a probe that was hit inside another. */
  static final long REENTER = 4;

  /** After the instruction. */
  static final long SSDONE = 8;

  /** Padding between the CPUs' words: two cache lines. */
  private static final int ROW = 16;

  // Each word is its CPU's own: nothing here needs an order.
  private final long[] words;

  HitStates(int cpus) {
    words = new long[(cpus + 2) * ROW];
  }

  long of(int cpu) {
    return words[(cpu + 1) * ROW];
  }

  void set(int cpu, long state) {
    words[(cpu + 1) * ROW] = state;
  }
}
