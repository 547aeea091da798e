package dev.kretsim.explain;

import java.util.Locale;

/** What may become of a call of a function that a kretprobe is on. */
public enum Fate {
  /** Followed to its return. */
  HIT,
  /** No instance was free. */
  MISSED,
  /** The entry handler did not want it. */
  DECLINED,
  /** Made by a handler, so that nobody looked at it. */
  NESTED,
  /** Followed, but the kretprobe was gone when it returned. */
  UNREGISTERED;

  /** The name used on the command line and in results. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
