package dev.kretsim.memory.explore;

/** Decides who moves next, schedule after schedule. */
interface Search {
  /** Nobody: what would follow has been seen. */
  int NOBODY = -1;

  /** Gets ready for the next schedule; false if there is none. */
  boolean more();

  /**
   * Chooses a CPU of those able to move.
   *
   * @param able as bits, at least one
   * @return its number, or {@link #NOBODY} to break the schedule off
   */
  int choose(Execution execution, int able);

  /** The schedule has come to its end, or to where it goes no further. */
  default void ended(Execution execution) {}
}
