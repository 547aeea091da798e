package dev.kretsim.kernel.text;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a kernel knows about single bytes of its text, beside the symbols: which it patches itself,
 * which it takes for no text, where it expects faults.
 */
public final class TextMarks {
  /** What there is to know about a stretch of text. */
  public enum Mark {
    /** On the kprobe blacklist, as {@code noinstr} and entry sections are. */
    BLACKLIST("blacklisted"),
    /** A branch that is switched on and off by patching it. */
    JUMP_LABEL("a jump label, which the kernel patches"),
    /** A call whose target is patched in. */
    STATIC_CALL("a static call, which the kernel patches"),
    /** An entry of the table of BUG and WARN: that address alone. */
    BUG("a BUG or WARN"),
    /** Not, or no longer, text of the kernel: init text after boot. */
    NO_TEXT("not kernel text"),
    /** An instruction that may fault, and has an entry in the exception table. */
    EXCEPTION_TABLE("may fault");

    private final String words;

    Mark(String words) {
      this.words = words;
    }

    /** {@return what is to be said of such text} */
    public String words() {
      return words;
    }
  }

  private final Map<Mark, TreeMap<Long, Long>> ends = new EnumMap<>(Mark.class);

  /**
   * Marks {@code [from, to)}; stretches with the same mark must not overlap.
   *
   * @param mark what is known of them
   * @param from the address of the first byte
   * @param to the address behind the last
   */
  public void add(Mark mark, long from, long to) {
    ends.computeIfAbsent(mark, unused -> new TreeMap<>(Long::compareUnsigned)).put(from, to);
  }

  /**
   * {@return whether a byte is so marked}
   *
   * @param mark what may be known of it
   * @param address where it lies
   */
  public boolean has(Mark mark, long address) {
    return anyIn(mark, address, address + 1);
  }

  /**
   * {@return whether a byte of {@code [from, to)} is so marked}
   *
   * @param mark what may be known of it
   * @param from the address of the first byte
   * @param to the address behind the last
   */
  public boolean anyIn(Mark mark, long from, long to) {
    TreeMap<Long, Long> stretches = ends.get(mark);
    if (stretches == null) {
      return false;
    }
    Map.Entry<Long, Long> last = stretches.lowerEntry(to);
    return last != null && Long.compareUnsigned(last.getValue(), from) > 0;
  }
}
