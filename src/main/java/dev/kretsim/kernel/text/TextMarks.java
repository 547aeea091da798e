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
    /** What a module starts with: freed, and its names forgotten, once that is done. */
    MODULE_INIT("a module's init text, which is gone once it is loaded"),
    /** An instruction that may fault, and has an entry in the exception table. */
    EXCEPTION_TABLE("may fault") {
      @Override
      public boolean refusesProbes() {
        return false;
      }
    },
    /** Replaced at boot by what suits the processor: other bytes than in a file. */
    ALTERNATIVE("patched at boot to suit the processor") {
      @Override
      public boolean refusesProbes() {
        return false;
      }
    };

    private final String words;

    Mark(String words) {
      this.words = words;
    }

    /** {@return what is to be said of such text} */
    public String words() {
      return words;
    }

    /** {@return whether there can be no probe on such text, on any architecture} */
    public boolean refusesProbes() {
      return true;
    }
  }

  private final Map<Mark, TreeMap<Long, Long>> ends = new EnumMap<>(Mark.class);

  /**
   * Marks {@code [from, to)}, in addition to what is marked already.
   *
   * @param mark what is known of them
   * @param from the address of the first byte
   * @param to the address behind the last
   */
  public void add(Mark mark, long from, long to) {
    if (Long.compareUnsigned(from, to) >= 0) {
      return;
    }
    TreeMap<Long, Long> stretches =
        ends.computeIfAbsent(mark, unused -> new TreeMap<>(Long::compareUnsigned));
    long start = from;
    long end = to;
    Map.Entry<Long, Long> last = stretches.floorEntry(to);
    while (last != null && Long.compareUnsigned(last.getValue(), from) >= 0) {
      start = Long.compareUnsigned(last.getKey(), start) < 0 ? last.getKey() : start;
      end = Long.compareUnsigned(last.getValue(), end) > 0 ? last.getValue() : end;
      stretches.remove(last.getKey());
      last = stretches.floorEntry(to);
    }
    stretches.put(start, end);
  }

  /**
   * Marks here what is marked in another's {@code [from, to)}.
   *
   * @param others where it is marked
   * @param from the address of the first byte
   * @param to the address behind the last
   */
  public void addAll(TextMarks others, long from, long to) {
    others.ends.forEach(
        (mark, stretches) -> {
          Map.Entry<Long, Long> one = stretches.lowerEntry(to);
          while (one != null && Long.compareUnsigned(one.getValue(), from) > 0) {
            add(mark, one.getKey(), one.getValue());
            one = stretches.lowerEntry(one.getKey());
          }
        });
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
