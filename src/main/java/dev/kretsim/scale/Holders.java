package dev.kretsim.scale;

import dev.kretsim.kernel.LawBrokenException;

/** Which instances calls hold: popped, and their pushes have not begun. */
final class Holders {
  private final String about;
  private final boolean[] taken;
  private int count;

  /**
   * @param about what messages say of the run
   */
  Holders(String about, int instances) {
    this.about = about;
    this.taken = new boolean[instances];
  }

  int count() {
    return count;
  }

  /**
   * A pop has got it.
   *
   * @throws LawBrokenException if there is none such, or somebody has it
   */
  void take(int instance) {
    if (instance < 0 || instance >= taken.length || taken[instance]) {
      throw new LawBrokenException(
          "L3 exclusivity: %s instance=%d %s"
              .formatted(
                  about,
                  instance,
                  instance < 0 || instance >= taken.length
                      ? "is none of 0 to " + (taken.length - 1)
                      : "is in two hands"));
    }
    taken[instance] = true;
    count++;
  }

  /** A push of it begins. */
  void give(int instance) {
    taken[instance] = false;
    count--;
  }

  /**
   * Looks whether all instances are still there.
   *
   * @param free those that the pool has
   * @throws LawBrokenException if they are not
   */
  void requireAll(int free) {
    if (count + free != taken.length) {
      throw new LawBrokenException(
          "L1 conservation: %s held=%d free=%d maxactive=%d"
              .formatted(about, count, free, taken.length));
    }
  }
}
