package dev.kretsim.probe.site;

import dev.kretsim.probe.Flavour;
import dev.kretsim.probe.Kprobe;

/**
 * All probes on one address, newest first; immutable, replaced as a whole when they change.
 *
 * <p><b>Kernel counterpart.</b> The probe that represents the address in the table: a lone one, or
 * the aggregator of several.
 *
 * @param ainsn the probed instruction
 * @param flavour how hits get here now
 * @param disabled the representative's flag: all probes are disabled, or were when it was last
 *     touched
 * @param gone the text was freed
 * @param aggregated whether an aggregator represents the address, as it does from the second probe
 *     on, and for every probe that could be optimised
 * @param wantsPost whether the representative has a post-handler
 * @param hook through which of ftrace's two hooks the site is armed
 */
@SuppressWarnings("ArrayRecordComponent") // never changed, and compared by nobody
public record Site(
    Ainsn ainsn,
    Flavour flavour,
    boolean disabled,
    boolean gone,
    boolean aggregated,
    boolean wantsPost,
    FtraceHook hook,
    Kprobe[] probes) {
  /**
   * ftrace lets only one user at a time change the instruction pointer, and kprobes with a
   * post-handler must be able to: they go through a hook of their own.
   */
  enum FtraceHook {
    NONE,
    PLAIN,
    IP_MODIFYING
  }

  public long address() {
    return ainsn.address();
  }

  Site with(Kprobe newest) {
    Kprobe[] more = new Kprobe[probes.length + 1];
    more[0] = newest;
    System.arraycopy(probes, 0, more, 1, probes.length);
    return new Site(
        ainsn,
        flavour,
        disabled && !newest.enabled(),
        gone,
        true,
        wantsPost || newest.postHandler() != null,
        hook,
        more);
  }

  /** The site without a probe that is not its last. */
  Site without(Kprobe leaving) {
    Kprobe[] fewer = new Kprobe[probes.length - 1];
    int kept = 0;
    boolean post = false;
    for (Kprobe probe : probes) {
      if (probe != leaving) {
        fewer[kept++] = probe;
        post |= probe.postHandler() != null;
      }
    }
    // On an ftrace site the aggregator keeps its post-handler: which hook it uses must not change.
    boolean keepsPost = flavour == Flavour.FTRACE ? wantsPost : post;
    return new Site(ainsn, flavour, disabled, gone, aggregated, keepsPost, hook, fewer);
  }

  Site disabled(boolean now) {
    return new Site(ainsn, flavour, now, gone, aggregated, wantsPost, hook, probes);
  }

  Site as(Flavour now) {
    return new Site(ainsn, now, disabled, gone, aggregated, wantsPost, hook, probes);
  }

  Site hookedBy(FtraceHook now) {
    return new Site(ainsn, flavour, disabled, gone, aggregated, wantsPost, now, probes);
  }

  /** The site when its text is freed: nothing is armed, and nobody is called any more. */
  Site killed() {
    return new Site(ainsn, flavour, disabled, true, aggregated, false, FtraceHook.NONE, probes);
  }

  /** Which hook ftrace is asked for now. */
  FtraceHook wantedHook() {
    return wantsPost ? FtraceHook.IP_MODIFYING : FtraceHook.PLAIN;
  }

  boolean allDisabled() {
    for (Kprobe probe : probes) {
      if (probe.enabled()) {
        return false;
      }
    }
    return true;
  }
}
