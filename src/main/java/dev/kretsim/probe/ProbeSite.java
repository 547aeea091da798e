package dev.kretsim.probe;

/**
 * All probes on one address, newest first; immutable, replaced as a whole when they change.
 *
 * <p><b>Kernel counterpart.</b> The aggregator probe.
 *
 * @param address of the probed instruction
 * @param original the bytes that the breakpoint replaces
 * @param boosted whether the copied instruction jumps straight back, so that no post-handler of any
 *     later probe runs: decided by the first probe at the address
 */
@SuppressWarnings("ArrayRecordComponent") // never changed, and compared by nobody
record ProbeSite(long address, byte[] original, boolean boosted, Kprobe[] probes) {
  ProbeSite with(Kprobe newest) {
    Kprobe[] more = new Kprobe[probes.length + 1];
    more[0] = newest;
    System.arraycopy(probes, 0, more, 1, probes.length);
    return new ProbeSite(address, original, boosted, more);
  }

  ProbeSite without(Kprobe gone) {
    Kprobe[] fewer = new Kprobe[probes.length - 1];
    int kept = 0;
    for (Kprobe probe : probes) {
      if (probe != gone) {
        fewer[kept++] = probe;
      }
    }
    return new ProbeSite(address, original, boosted, fewer);
  }

  boolean wantsBreakpoint() {
    for (Kprobe probe : probes) {
      if (probe.enabled()) {
        return true;
      }
    }
    return false;
  }
}
