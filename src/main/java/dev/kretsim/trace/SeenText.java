package dev.kretsim.trace;

import java.util.Arrays;

/**
 * Pieces of text that were seen before, each with a number, found again straight from the bytes. A
 * piece is the same only if each byte is, so what was once made out about it holds again.
 *
 * <p>Memory is bounded: when {@value #MOST} pieces are there, all are forgotten and the numbers
 * begin at 0 again. Where text is looked up, {@link #SLACK} more bytes must be readable.
 */
final class SeenText {
  /** The longest piece that is kept, in bytes. */
  static final int LONGEST = 184;

  /** How many bytes behind the beginning of a piece may be read. */
  static final int SLACK = LONGEST + 3 * Long.BYTES;

  /** How many pieces are kept at most. */
  static final int MOST = 4096;

  private static final int SLOTS = 4 * MOST;
  private static final long SPREAD = 0x9e3779b97f4a7c15L;

  /** In each slot the hash's high half, and one more than the number in the low half. */
  private final long[] slots = new long[SLOTS];

  private final int[] lengths = new int[MOST];
  private final int[] starts = new int[MOST];
  private byte[] kept = new byte[1024];
  private int used;
  private int size;

  /** The length of a piece. */
  int length(int number) {
    return lengths[number];
  }

  /** Whether a piece of that length is kept. */
  static boolean fits(int length) {
    return length >= Long.BYTES && length <= LONGEST;
  }

  /** The number of the piece of that length, of at least eight bytes; or {@link Line#NONE}. */
  int find(byte[] text, int from, int length) {
    return find(text, from, length, hashOf(text, from, length));
  }

  private static long hashOf(byte[] text, int from, int length) {
    int last = from + length - Long.BYTES;
    long hash = Eight.at(text, last) * SPREAD;
    hash ^= Eight.at(text, Math.max(from, last - Long.BYTES)) * 0xbf58476d1ce4e5b9L;
    hash ^= Eight.at(text, Math.max(from, last - 2 * Long.BYTES)) * 0x94d049bb133111ebL;
    return hash ^ hash >>> 32;
  }

  /**
   * The number of the piece that ends with the first byte of a kind, or {@link Line#NONE}.
   *
   * @param end a word of that byte
   */
  int findUpTo(byte[] text, int from, long end) {
    long hash = 0;
    for (int at = from; at < from + LONGEST; at += Long.BYTES) {
      long word = Eight.at(text, at);
      long found = Eight.find(word, end);
      if (found != 0) {
        hash = join(hash, Eight.upTo(word, found)) * SPREAD;
        return find(text, from, at - from + Eight.first(found) + 1, hash ^ hash >>> 32);
      }
      hash = join(hash, word);
    }
    return Line.NONE;
  }

  private static long hashUpTo(byte[] text, int from, int length) {
    long hash = 0;
    int whole = (length - 1) / Long.BYTES;
    for (int i = 0; i < whole; i++) {
      hash = join(hash, Eight.at(text, from + i * Long.BYTES));
    }
    int rest = length - whole * Long.BYTES;
    long word = Eight.at(text, from + whole * Long.BYTES) & -1L >>> Long.SIZE - rest * Byte.SIZE;
    hash = join(hash, word) * SPREAD;
    return hash ^ hash >>> 32;
  }

  private static long join(long hash, long word) {
    return (Long.rotateLeft(hash, 27) + hash) ^ word;
  }

  private int find(byte[] text, int from, int length, long hash) {
    int tag = (int) (hash >>> 32);
    for (int slot = (int) hash & SLOTS - 1; ; slot = slot + 1 & SLOTS - 1) {
      long entry = slots[slot];
      int number = (int) entry - 1;
      if (number < 0) {
        return Line.NONE;
      }
      if ((int) (entry >>> 32) == tag
          && lengths[number] == length
          && isSame(text, from, starts[number], length)) {
        return number;
      }
    }
  }

  private boolean isSame(byte[] text, int from, int start, int length) {
    int whole = length & -Long.BYTES;
    for (int i = 0; i < whole; i += Long.BYTES) {
      if (Eight.at(text, from + i) != Eight.at(kept, start + i)) {
        return false;
      }
    }
    int rest = length - whole;
    return rest == 0
        || (Eight.at(text, from + whole) ^ Eight.at(kept, start + whole))
                << Long.SIZE - rest * Byte.SIZE
            == 0;
  }

  /** Keeps a piece that {@link #find} is to find; it was not there. */
  int add(byte[] text, int from, int length) {
    return add(text, from, length, hashOf(text, from, length));
  }

  /** Keeps a piece that {@link #findUpTo} is to find; it was not there. */
  int addUpTo(byte[] text, int from, int length) {
    return add(text, from, length, hashUpTo(text, from, length));
  }

  private int add(byte[] text, int from, int length, long hash) {
    if (size == MOST) {
      clear();
    }
    if (used + length + Long.BYTES > kept.length) {
      kept = Arrays.copyOf(kept, 2 * kept.length);
    }
    System.arraycopy(text, from, kept, used, length);
    starts[size] = used;
    lengths[size] = length;
    used += length;
    int slot = (int) hash & SLOTS - 1;
    while (slots[slot] != 0) {
      slot = slot + 1 & SLOTS - 1;
    }
    slots[slot] = hash >>> 32 << 32 | size + 1;
    return size++;
  }

  /** Forgets all. */
  void clear() {
    Arrays.fill(slots, 0);
    used = 0;
    size = 0;
  }
}
