package dev.kretsim.plan.curve;

/**
 * The hunt for the lowest free index through a block of calls: those that leave are put before the
 * call that finds them gone, then the calls are played. How many indexes it has room for depends on
 * the kind; the next kind has more.
 */
public abstract class Hunt {
  /** Makes room for blocks of so many calls, none of them with an index taken yet. */
  public abstract void begin(int calls);

  /** An index is taken by a call of earlier blocks. */
  public abstract void take(int index);

  /** Who has that index leaves before the call of that number, in this block. */
  public abstract void leave(int before, int index);

  /**
   * Plays a block.
   *
   * @param calls how many
   * @param ranks before which call each leaves; {@code calls} if in none of this block
   * @param indexes where to put the index of each
   * @return whether there was room; if not, both this hunt and the indexes are void
   */
  public abstract boolean play(int calls, int[] ranks, int[] indexes);

  /** A hunt with more room. */
  public abstract Hunt larger();

  /** How many entries beyond those of its calls were looked at. */
  public long touched() {
    return 0;
  }
}
