package dev.kretsim.probe;

/**
 * All probes on one address, newest first; immutable, replaced as a whole when they change.
 *
 * <p><b>Kernel counterpart.</b> The aggregator probe.
 *
 * @param address of the probed instruction
 * @param original the bytes that the breakpoint replaces
 */
@SuppressWarnings("ArrayRecordComponent") // never changed, and compared by nobody
record ProbeSite(long address, byte[] original, Kprobe[] probes) {
  ProbeSite with(Kprobe newest) {
    Kprobe[] more = new Kprobe[probes.length + 1];
    more[0] = newest;
    System.arraycopy(probes, 0, more, 1, probes.length);
    return new ProbeSite(address, original, more);
  }

  ProbeSite without(Kprobe gone) {
    Kprobe[] fewer = new Kprobe[probes.length - 1];
    int kept = 0;
    for (Kprobe probe : probes) {
      if (probe != gone) {
        fewer[kept++] = probe;
      }
    }
    return new ProbeSite(address, original, fewer);
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
