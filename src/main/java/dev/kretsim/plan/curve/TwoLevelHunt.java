package dev.kretsim.plan.curve;

import java.util.Arrays;

/**
 * A hunt among 4032 indexes: the bits of 63 words, and a word that says which of those have any.
 *
 * <p>What leaves before a call is in the five fields of a word. Two of them are given back without
 * asking whether there are any: an empty field names a bit of word 0, which is in no use. So only
 * where three or more leave at once does the work depend on a branch.
 */
public final class TwoLevelHunt extends Hunt {
  private static final int FIELD_BITS = 12;
  private static final int FIELD = (1 << FIELD_BITS) - 1;
  private static final int TOP_FIELD = 4 * FIELD_BITS;
  private static final int WORD_BITS = 6;
  private static final int NONE = -1;

  private final long[] words = new long[Long.SIZE];
  private long some = ~1L;
  private long[] left = {};

  /** What found all fields in use, in lists. */
  private int[] spilledFrom = {};

  private int[] spilledNext = {};
  private int[] spilled = {};
  private int spills;
  private long touched;

  public TwoLevelHunt() {
    Arrays.fill(words, 1, words.length, -1L);
  }

  @Override
  public void begin(int calls) {
    left = new long[calls + 1];
    spilledFrom = new int[calls + 1];
    Arrays.fill(spilledFrom, NONE);
    spilledNext = new int[calls];
    spilled = new int[calls];
  }

  @Override
  public void take(int index) {
    int place = index + Long.SIZE;
    int word = place >> WORD_BITS;
    words[word] &= ~(1L << place);
    if (words[word] == 0) {
      some &= ~(1L << word);
    }
  }

  @Override
  public void leave(int before, int index) {
    add(before, index + Long.SIZE);
  }

  private void add(int before, int place) {
    long fields = left[before];
    if (fields >>> TOP_FIELD != 0) {
      spill(before, (int) (fields >>> TOP_FIELD));
      fields &= (1L << TOP_FIELD) - 1;
    }
    left[before] = fields << FIELD_BITS | place;
  }

  private void spill(int before, int place) {
    if (spills == spilled.length) {
      spilled = Arrays.copyOf(spilled, 2 * spills);
      spilledNext = Arrays.copyOf(spilledNext, 2 * spills);
    }
    spilled[spills] = place;
    spilledNext[spills] = spilledFrom[before];
    spilledFrom[before] = spills++;
  }

  @Override
  public boolean play(int calls, int[] ranks, int[] indexes) {
    long[] back = left;
    long[] free = words;
    long with = some;
    long always = -1;
    long more = 0;
    for (int call = 0; call < calls; call++) {
      long fields = back[call];
      back[call] = 0;
      int first = (int) fields & FIELD;
      int second = (int) (fields >>> FIELD_BITS) & FIELD;
      free[first >> WORD_BITS] |= 1L << first;
      free[second >> WORD_BITS] |= 1L << second;
      with |= 1L << (first >> WORD_BITS) | 1L << (second >> WORD_BITS);
      for (long rest = fields >>> 2 * FIELD_BITS; rest != 0; rest >>>= FIELD_BITS) {
        int other = (int) rest & FIELD;
        free[other >> WORD_BITS] |= 1L << other;
        with |= 1L << (other >> WORD_BITS);
        more++;
      }
      if (fields >>> TOP_FIELD != 0) {
        with |= giveBackSpilled(call);
      }
      with &= ~1L;
      // Negative unless none is free.
      always &= with | -with;
      int word = Long.numberOfTrailingZeros(with) & (Long.SIZE - 1);
      long bits = free[word];
      int place = (word << WORD_BITS) + Long.numberOfTrailingZeros(bits);
      bits &= bits - 1;
      free[word] = bits;
      with ^= (1 ^ (bits | -bits) >>> 63) << word;
      int rank = ranks[call];
      // Who stays beyond the block puts the empty field after it, where it stays empty.
      add(rank, place & (rank - calls) >> 31);
      indexes[call] = place - Long.SIZE;
    }
    some = with;
    spills = 0;
    touched += more;
    return always < 0;
  }

  private long giveBackSpilled(int call) {
    long with = 0;
    for (int at = spilledFrom[call]; at != NONE; at = spilledNext[at]) {
      int place = spilled[at];
      words[place >> WORD_BITS] |= 1L << place;
      with |= 1L << (place >> WORD_BITS);
      touched++;
    }
    spilledFrom[call] = NONE;
    return with;
  }

  @Override
  public Hunt larger() {
    return new TreeHunt();
  }

  @Override
  public long touched() {
    return touched;
  }
}
