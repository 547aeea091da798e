package dev.kretsim.probe.hit;

import dev.kretsim.probe.KretprobeInstance;
import dev.kretsim.probe.Registration;

/**
 * Resolves what tasks' in-flight lists hold. A handle is a number, not a reference, so that taking
 * an instance writes no reference into the heap and pays for no garbage collector's barrier.
 */
public final class InFlightTable {
  private static final int NUMBER_BITS = 32;

  // Replaced, never changed in place: CPUs read it while registrations come and go.
  private volatile Registration[] registrations = new Registration[0];

  KretprobeInstance resolve(long handle) {
    return registrations[(int) (handle >>> NUMBER_BITS)].instance((int) handle);
  }

  /** Gives a registration its handles, reusing those of one that has ended and drained. */
  public void add(Registration registration) {
    Registration[] old = registrations;
    int place = 0;
    while (place < old.length && (old[place].alive() || !old[place].drained())) {
      place++;
    }
    Registration[] grown = new Registration[Math.max(old.length, place + 1)];
    System.arraycopy(old, 0, grown, 0, old.length);
    grown[place] = registration;
    registration.handleBase((long) place << NUMBER_BITS);
    registrations = grown;
  }
}
