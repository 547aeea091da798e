package dev.kretsim.trace.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of text that were seen before, each with a number, found again straight from the bytes. A
 * piece is the same only if each byte is, so what was once made out about it holds again.
 *
 * <p>Most are short. Their words are compared all at once and without a branch, because the length
 * of the next piece is what a processor cannot guess.
 *
 * <p>Memory is bounded: there is room for some pieces, and at most {@value #MOST}. Where text is
 * looked up, {@link #SLACK} more bytes must be readable.
 *
 * <p>One thread keeps pieces while others look for them. They must have learned in a safe way how
 * many there were at some time; what was kept since they may find or not, and leave it aside.
 */
public final class SeenText {
  /** The longest piece that is kept, in bytes. */
  static final int LONGEST = 184;

  /** How many bytes behind the beginning of a piece may be read. */
  static final int SLACK = LONGEST + 3 * Long.BYTES;

  /** How many pieces are kept at most. */
  static final int MOST = 1 << 16;

  private static final int FIRST_ROOM = 1 << 8;

  /** For each piece there is room for. */
  private static final int SLOTS = 4;

  /** The words at the beginning of a piece that are kept in a row. */
  private static final int WORDS = 6;

  private static final int SHORT = WORDS * Long.BYTES;

  /** Most pieces are no longer: so many bytes are compared without a branch. */
  private static final int AT_ONCE = 4 * Long.BYTES;

  /** For each length up to {@link #SHORT}, which bits of each word belong to the piece. */
  private static final long[] MASKS = masks();

  private static final long FIRST = 0x9e3779b97f4a7c15L;
  private static final long SECOND = 0xbf58476d1ce4e5b9L;
  private static final long THIRD = 0x94d049bb133111ebL;
  private static final long FOURTH = 0xd6e8feb86659fd93L;

  /** One more than the number. */
  private final int[] slots;

  private final int[] hashes;
  private final int[] lengths;
  private final long[] words;
  private final byte[][] rests;
  private int size;

  /** None yet. */
  public SeenText() {
    this(FIRST_ROOM);
  }

  private SeenText(int room) {
    slots = new int[SLOTS * room];
    hashes = new int[room];
    lengths = new int[room];
    words = new long[room * WORDS];
    rests = new byte[room][];
  }

  /** How many pieces there are. */
  public int size() {
    return size;
  }

  /**
   * The same pieces with room for another: most often this one itself.
   *
   * @return null if there are so many already that they are best forgotten
   */
  public @Nullable SeenText withRoom() {
    if (size < lengths.length) {
      return this;
    }
    if (size == MOST) {
      return null;
    }
    SeenText larger = new SeenText(2 * lengths.length);
    System.arraycopy(hashes, 0, larger.hashes, 0, size);
    System.arraycopy(lengths, 0, larger.lengths, 0, size);
    System.arraycopy(words, 0, larger.words, 0, size * WORDS);
    System.arraycopy(rests, 0, larger.rests, 0, size);
    larger.size = size;
    for (int number = 0; number < size; number++) {
      larger.slots[larger.freeSlot(hashes[number])] = number + 1;
    }
    return larger;
  }

  private static long[] masks() {
    long[] masks = new long[(SHORT + 1) * WORDS];
    for (int length = 1; length <= SHORT; length++) {
      int whole = length / Long.BYTES;
      Arrays.fill(masks, length * WORDS, length * WORDS + whole, -1L);
      if (whole < WORDS) {
        masks[length * WORDS + whole] = (1L << length % Long.BYTES * Byte.SIZE) - 1;
      }
    }
    return masks;
  }

  /** The length of a piece. */
  public int length(int number) {
    return lengths[number];
  }

  /** Whether a piece of that length is kept. */
  public static boolean fits(int length) {
    return length >= Long.BYTES && length <= LONGEST;
  }

  /** The number of the piece of that length, of at least eight bytes; or {@link Line#NONE}. */
  public int find(byte[] text, int from, int length) {
    int number = findIn(hashOf(text, from, length), text, from);
    return number < 0 || lengths[number] == length ? number : Line.NONE;
  }

  static int hashOf(byte[] text, int from, int length) {
    int last = from + length - Long.BYTES;
    long hash = Eight.at(text, last) * FIRST;
    long odd = SECOND;
    for (int at = from; at < last; at += Long.BYTES) {
      hash += Eight.at(text, at) * odd;
      odd += THIRD << 1;
    }
    return mixed(hash);
  }

  private static int mixed(long hash) {
    return (int) ((hash ^ hash >>> 29) * FIRST >>> 40);
  }

  /**
   * The number of the piece that ends with the first byte of a kind, or {@link Line#NONE}.
   *
   * @param end a word of that byte
   */
  public int findUpTo(byte[] text, int from, long end) {
    return findIn(hashUpTo(text, from, end), text, from);
  }

  /**
   * Takes in the words of the piece: the first four without a branch, as their number is hard to
   * guess; the others one by one, as it is the deep calls of a graph that have more, and they
   * differ at their ends.
   */
  static int hashUpTo(byte[] text, int from, long end) {
    long first = Eight.at(text, from);
    long found = Eight.find(first, end);
    long hash = Eight.upTo(first, found) * FIRST;
    long before = Eight.allIfNone(found);
    long second = Eight.at(text, from + Long.BYTES);
    found = Eight.find(second, end);
    hash += (Eight.upTo(second, found) & before) * SECOND;
    before &= Eight.allIfNone(found);
    long third = Eight.at(text, from + 2 * Long.BYTES);
    found = Eight.find(third, end);
    hash += (Eight.upTo(third, found) & before) * THIRD;
    before &= Eight.allIfNone(found);
    long fourth = Eight.at(text, from + 3 * Long.BYTES);
    found = Eight.find(fourth, end);
    hash += (Eight.upTo(fourth, found) & before) * FOURTH;
    if ((before & Eight.allIfNone(found)) != 0) {
      hash = withRest(hash, text, from + 4 * Long.BYTES, end);
    }
    return mixed(hash);
  }

  private static long withRest(long hash, byte[] text, int from, long end) {
    long all = hash;
    for (int at = from; at < from + LONGEST - 4 * Long.BYTES; at += Long.BYTES) {
      long word = Eight.at(text, at);
      long found = Eight.find(word, end);
      if (found != 0) {
        return Long.rotateLeft(all, 23) * FIRST + Eight.upTo(word, found) * SECOND;
      }
      all = Long.rotateLeft(all, 23) * FIRST + word * SECOND;
    }
    return all;
  }

  private int findIn(int hash, byte[] text, int from) {
    int mask = slots.length - 1;
    for (int slot = hash & mask; ; slot = slot + 1 & mask) {
      int number = slots[slot] - 1;
      if (number < 0 || isSame(text, from, number)) {
        return number;
      }
    }
  }

  private boolean isSame(byte[] text, int from, int number) {
    int length = lengths[number];
    int mask = Math.min(length, SHORT) * WORDS;
    int word = number * WORDS;
    long different =
        (Eight.at(text, from) ^ words[word]) & MASKS[mask]
            | (Eight.at(text, from + 8) ^ words[word + 1]) & MASKS[mask + 1]
            | (Eight.at(text, from + 16) ^ words[word + 2]) & MASKS[mask + 2]
            | (Eight.at(text, from + 24) ^ words[word + 3]) & MASKS[mask + 3];
    if (different != 0 || length <= AT_ONCE) {
      return different == 0;
    }
    different =
        (Eight.at(text, from + 32) ^ words[word + 4]) & MASKS[mask + 4]
            | (Eight.at(text, from + 40) ^ words[word + 5]) & MASKS[mask + 5];
    return different == 0 && (length <= SHORT || isRestSame(text, from + SHORT, number));
  }

  private boolean isRestSame(byte[] text, int from, int number) {
    byte[] rest = rests[number];
    return Arrays.equals(text, from, from + rest.length, rest, 0, rest.length);
  }

  /**
   * The number of a piece that {@link #find} finds; it is kept if it is new, for which there must
   * be room.
   */
  public int keep(byte[] text, int from, int length) {
    return keep(text, from, length, hashOf(text, from, length));
  }

  /**
   * The number of a piece that {@link #findUpTo} finds; it is kept if it is new. Its last byte is
   * the first of its kind.
   */
  public int keepUpTo(byte[] text, int from, int length) {
    return keep(
        text, from, length, hashUpTo(text, from, Eight.all((char) text[from + length - 1])));
  }

  private int keep(byte[] text, int from, int length, int hash) {
    int known = findIn(hash, text, from);
    if (known != Line.NONE) {
      return known;
    }
    hashes[size] = hash;
    lengths[size] = length;
    for (int i = 0; i < WORDS; i++) {
      words[size * WORDS + i] = Eight.at(text, from + i * Long.BYTES);
    }
    rests[size] = Arrays.copyOfRange(text, from + SHORT, from + Math.max(SHORT, length));
    slots[freeSlot(hash)] = size + 1;
    return size++;
  }

  private int freeSlot(int hash) {
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != 0) {
      slot = slot + 1 & mask;
    }
    return slot;
  }
}
