package dev.kretsim.trace.event;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the names that people and tools give to kprobe events tell of the probed functions. */
public final class EventNames {
  private static final Pattern ENTRY =
      Pattern.compile("p_(\\w+?)_(?:bcc_)?\\d+|(\\w+?)__?(?:in|ent|entry|enter|call|start)");
  private static final Pattern RETURN =
      Pattern.compile("r_(\\w+?)_(?:bcc_)?\\d+|(\\w+?)__?(?:out|ret|return|exit|end)(?:_\\d+)?");

  /** In it, perf names entry events as their functions. */
  private static final String PERF_GROUP = "probe:";

  private EventNames() {}

  /**
   * The function that an entry event and a return event are named after.
   *
   * @param entry such as {@code vfs_read_in}, {@code p_vfs_read_0}, perf's {@code probe:vfs_read},
   *     bcc's {@code p_vfs_read_bcc_71} or fprobe's {@code vfs_read__entry}; empty if there is none
   * @param exit such as {@code vfs_read_out}, {@code r_vfs_read_0} or {@code
   *     probe:vfs_read__return}; empty if there is none
   * @return empty if the names do not tell
   */
  public static String function(String entry, String exit) {
    String ofEntry = stem(ENTRY, withoutGroup(entry));
    if (ofEntry.isEmpty() && entry.startsWith(PERF_GROUP)) {
      ofEntry = withoutGroup(entry);
    }
    String ofExit = stem(RETURN, withoutGroup(exit));
    if (entry.isEmpty() || exit.isEmpty()) {
      return entry.isEmpty() ? ofExit : ofEntry;
    }
    String plain = ofEntry.isEmpty() ? withoutGroup(entry) : ofEntry;
    return plain.equals(ofExit) || isNumbered(plain, ofExit) ? ofExit : "";
  }

  /**
   * The function that a return probe's event is named after, such as {@code vfs_read} for {@code
   * vfs_read_ret} and for {@code r_vfs_read_0}; the event's own name if that does not tell.
   */
  public static String ofReturn(String event) {
    String stem = stem(RETURN, withoutGroup(event));
    return stem.isEmpty() ? event : stem;
  }

  /** Whether perf gave the name a number, {@code vfs_read_1}, as it was taken. */
  private static boolean isNumbered(String name, String function) {
    return !function.isEmpty()
        && name.startsWith(function + "_")
        && name.length() > function.length() + 1
        && name.chars().skip(function.length() + 1).allMatch(c -> c >= '0' && c <= '9');
  }

  private static String withoutGroup(String event) {
    return event.substring(event.lastIndexOf(':') + 1);
  }

  private static String stem(Pattern pattern, String event) {
    Matcher matcher = pattern.matcher(event);
    if (!matcher.matches()) {
      return "";
    }
    return matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
  }
}
