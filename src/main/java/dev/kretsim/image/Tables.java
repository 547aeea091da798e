package dev.kretsim.image;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.text.TextMarks;
import dev.kretsim.kernel.text.TextMarks.Mark;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/**
 * Reads the tables in which a kernel keeps what it knows of its text. Entries mostly hold the
 * distance from themselves to the place they speak of; how long an entry is has changed over the
 * years, and shows in that all of them must lead into the text.
 */
final class Tables {
  /** Where a table lies. */
  record Range(long start, long end) {}

  /** A table of four-byte distances: its section, how long entries may be, and what they mean. */
  private enum Kind {
    EXCEPTIONS("__ex_table", Mark.EXCEPTION_TABLE, 12, 8),
    BUGS("__bug_table", Mark.BUG, 12, 16, 8),
    JUMP_LABELS("__jump_table", Mark.JUMP_LABEL, 16),
    STATIC_CALLS(".static_call_sites", Mark.STATIC_CALL, 8),
    ALTERNATIVES(".altinstructions", Mark.ALTERNATIVE, 14, 12, 13),
    RETURNS(".return_sites", Mark.ALTERNATIVE, 4),
    RETPOLINES(".retpoline_sites", Mark.ALTERNATIVE, 4);

    private final String section;
    private final Mark mark;
    private final int[] strides;

    Kind(String section, Mark mark, int... strides) {
      this.section = section;
      this.mark = mark;
      this.strides = strides;
    }
  }

  private static final String TRACED = "__mcount_loc";
  private static final String BLACKLIST = "_kprobe_blacklist";

  /** Names of all tables, as sections have them. */
  static final List<String> SECTIONS =
      Stream.concat(
              Arrays.stream(Kind.values()).map(kind -> kind.section), Stream.of(TRACED, BLACKLIST))
          .toList();

  private final Arch arch;
  private final Layout layout;
  private final Map<String, Range> ranges;
  private final LongPredicate isText;

  /** Words that are filled in when the kernel starts: what they will be. */
  private final Map<Long, Long> words;

  Tables(
      Arch arch,
      Layout layout,
      Map<String, Range> ranges,
      LongPredicate isText,
      Map<Long, Long> words) {
    this.arch = arch;
    this.layout = layout;
    this.ranges = ranges;
    this.isText = isText;
    this.words = words;
  }

  /** Marks what the tables of distances speak of. */
  void mark(TextMarks marks) {
    for (Kind kind : Kind.values()) {
      Range range = ranges.get(kind.section);
      if (range != null) {
        mark(kind, range, marks);
      }
    }
  }

  private void mark(Kind kind, Range range, TextMarks marks) {
    ByteBuffer table = numbers(range);
    for (int stride : kind.strides) {
      if (table.limit() % stride == 0 && leadsIntoText(table, range.start(), stride)) {
        for (int at = 0; at < table.limit(); at += stride) {
          long place = place(table, range.start(), at);
          marks.add(kind.mark, place, place + length(kind, table, at, stride, place));
        }
        return;
      }
    }
  }

  private boolean leadsIntoText(ByteBuffer table, long start, int stride) {
    for (int at = 0; at < table.limit(); at += stride) {
      if (!isText.test(place(table, start, at))) {
        return false;
      }
    }
    return true;
  }

  private static long place(ByteBuffer table, long start, int at) {
    return start + at + table.getInt(at);
  }

  private int length(Kind kind, ByteBuffer table, int at, int stride, long place) {
    return switch (kind) {
      case EXCEPTIONS, BUGS -> 1;
      case RETURNS, RETPOLINES -> 5; // a jump or call to a thunk
      case JUMP_LABELS, STATIC_CALLS -> arch == Arch.ARM64 ? 4 : patched(place);
      case ALTERNATIVES -> Byte.toUnsignedInt(table.get(at + (stride == 14 ? 12 : 10)));
    };
  }

  /** A short jump or the nop of the same length, or the usual five bytes. */
  private int patched(long place) {
    byte[] code = layout.read(place, 2);
    boolean shortJump =
        code.length == 2
            && ((code[0] & 0xff) == 0xeb || (code[0] == 0x66 && (code[1] & 0xff) == 0x90));
    return shortJump ? 2 : 5;
  }

  /** Where ftrace has its sites. */
  Set<Long> traced() {
    return addresses(TRACED);
  }

  /** Functions that are named as not to be probed. */
  Set<Long> blacklisted() {
    return addresses(BLACKLIST);
  }

  boolean knowsTraced() {
    return ranges.containsKey(TRACED);
  }

  private Set<Long> addresses(String name) {
    Set<Long> addresses = new HashSet<>();
    Range range = ranges.get(name);
    if (range != null) {
      ByteBuffer table = numbers(range);
      for (int at = 0; at + Long.BYTES <= table.limit(); at += Long.BYTES) {
        addresses.add(words.getOrDefault(range.start() + at, table.getLong(at)));
      }
    }
    return addresses;
  }

  private ByteBuffer numbers(Range range) {
    return ByteBuffer.wrap(layout.read(range.start(), range.end() - range.start()))
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
