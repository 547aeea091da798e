package dev.kretsim.plan.curve;

import java.util.Arrays;

/**
 * What pools would miss if of the entries and returns of different tasks at one stamp the entries
 * came first; the curve itself takes the returns first. Within a task the order is that of the
 * trace. Nothing is done until an entry follows on another task's return at the same stamp, and
 * nothing any more once all who are inside have the index that the curve gave them.
 */
final class Ties {
  /** Of so many returns at one stamp it is kept open when they were. */
  private static final int MOST_OPEN = 64;

  private static final int[] NONE = {};

  private final FreeIndexes free = new FreeIndexes();

  /** The latest returns at one stamp, by index and task; a returned call counts as inside. */
  private int[] openIndex = new int[1];

  private int[] openTask = new int[1];
  private int open;
  private long openNs = Long.MIN_VALUE;

  /** Whether the indexes differ from the curve's. */
  private boolean apart;

  /** By the index that the curve gave, the one given here, if that was in this stretch. */
  private int[] given = NONE;

  private int[] givenIn = NONE;
  private int stretch;
  private int different;

  /** How many calls more than in the curve got each index. */
  private long[] more = new long[4];

  /** What a call may do. */
  enum Move {
    ENTRY,
    /** Before the trace: it is inside, but not counted. */
    UNSEEN_ENTRY,
    RETURN
  }

  /** Whether {@link #take} must be told of what happens next, at any stamp. */
  boolean matter() {
    return apart || open > 0;
  }

  /**
   * A call is entered or returns; the curve has counted it.
   *
   * <p>In one method, which is too long to be compiled into each of those that call it: most traces
   * have ties, few of them many, and all would wait for that compilation.
   *
   * @param index that the curve gave it
   */
  void take(Move move, long timeNs, int task, int index, MissCurve curve) {
    if (timeNs != openNs) {
      closeAll();
      openNs = timeNs;
    }
    if (move == Move.RETURN) {
      int own = index;
      if (apart && index < given.length && givenIn[index] == stretch) {
        own = given[index];
        givenIn[index] = 0;
        different -= own == index ? 0 : 1;
      }
      if (open < MOST_OPEN) {
        if (open == openIndex.length) {
          openIndex = Arrays.copyOf(openIndex, 4 * open);
          openTask = Arrays.copyOf(openTask, 4 * open);
        }
        openIndex[open] = own;
        openTask[open++] = task;
      } else if (apart) {
        free.giveBack(own);
      }
      return;
    }
    // A task that goes on has returned before.
    int kept = 0;
    for (int i = 0; i < open; i++) {
      if (openTask[i] != task) {
        openIndex[kept] = openIndex[i];
        openTask[kept++] = openTask[i];
      } else if (apart) {
        free.giveBack(openIndex[i]);
      }
    }
    open = kept;
    if (!apart && open > 0) {
      apart = true;
      stretch++;
      different = 0;
      free.copyFrom(curve.free());
      free.giveBack(index);
      for (int i = 0; i < open; i++) {
        free.take(openIndex[i]);
      }
    }
    if (!apart) {
      return;
    }
    int own = free.takeLowest();
    if (index >= given.length) {
      given = Arrays.copyOf(given, 2 * index + 8);
      givenIn = Arrays.copyOf(givenIn, given.length);
    }
    given[index] = own;
    givenIn[index] = stretch;
    if (own != index) {
      different++;
      if (move == Move.ENTRY) {
        int highest = Math.max(own, index);
        more = highest < more.length ? more : Arrays.copyOf(more, 2 * highest);
        more[own]++;
        more[index]--;
      }
    }
  }

  private void closeAll() {
    if (apart) {
      for (int i = 0; i < open; i++) {
        free.giveBack(openIndex[i]);
      }
      apart = different > 0;
    }
    open = 0;
  }

  /**
   * How many calls more pools miss than the curve counts; of a few sizes it may be fewer.
   *
   * @param sizes how many sizes are wanted, from 0
   */
  long[] missedMore(int sizes) {
    long[] sums = new long[sizes];
    long sum = 0;
    for (int index = Math.max(sizes, more.length) - 1; index >= 0; index--) {
      sum += index < more.length ? more[index] : 0;
      if (index < sizes) {
        sums[index] = sum;
      }
    }
    return sums;
  }
}
