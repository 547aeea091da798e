package dev.kretsim.trace.profile;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.event.EventNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts the rows of entry probes to those of the return probes of the same function: what entered
 * and was not followed to its return is missed, whatever the column of misses says.
 */
final class EntryRows {
  /** The kernel's and bcc's names for probes that are no return probes. */
  private static final Pattern NO_RETURN = Pattern.compile("p_.+_(?:\\d+|0x[0-9a-f]+)|p_0x.*");

  private final String source;
  private final List<String> remarks;

  EntryRows(String source, List<String> remarks) {
    this.source = source;
    this.remarks = remarks;
  }

  /**
   * The return probes among the rows, with what was missed.
   *
   * @throws BadInputException if there is none
   */
  List<ProfileDelta> joined(List<ProfileDelta> rows) {
    Map<String, ProfileDelta> returns = new HashMap<>();
    for (ProfileDelta row : rows) {
      if (!NO_RETURN.matcher(row.event()).matches() && !row.function().equals(row.event())) {
        returns.put(row.function(), row);
      }
    }
    Map<String, ProfileDelta> entries = new HashMap<>();
    List<ProfileDelta> planned = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (ProfileDelta row : rows) {
      String entered = entered(row.event(), returns);
      if (entered != null) {
        entries.put(entered, row);
      } else if (NO_RETURN.matcher(row.event()).matches()) {
        leftOut.add(row.event());
      } else {
        planned.add(row);
      }
    }
    if (planned.isEmpty()) {
      throw new BadInputException(
          source
              + ": only probes that are no return probes ("
              + String.join(", ", leftOut)
              + "), and nothing tells what those would miss; add a return probe: echo"
              + " 'r:FUNCTION_out FUNCTION' >> kprobe_events");
    }
    if (!leftOut.isEmpty()) {
      remarks.add(
          source + ": remark: left out, as no return probes: " + String.join(", ", leftOut));
    }
    return planned.stream().map(row -> with(entries.get(row.function()), row)).toList();
  }

  /** The function whose entry an event is, if a return probe of it is there too. */
  private static @Nullable String entered(String event, Map<String, ProfileDelta> returns) {
    String named = EventNames.function(event, "");
    if (!named.isEmpty() && returns.containsKey(named)) {
      return named;
    }
    ProfileDelta twin = returns.get(event);
    return twin != null && !twin.event().equals(event) ? event : null;
  }

  private ProfileDelta with(@Nullable ProfileDelta entry, ProfileDelta row) {
    if (entry == null) {
      return row;
    }
    if (entry.hits() <= row.hits() + row.misses()) {
      return with(entry, row, row.misses());
    }
    long missed = entry.hits() - row.hits();
    remarks.add(
        source
            + ": warning: "
            + row.function()
            + ": "
            + entry.hits()
            + " calls entered ("
            + entry.event()
            + ") and "
            + row.hits()
            + " returned through the probe ("
            + row.event()
            + "), so about "
            + missed
            + " were missed, give or take those inside at the snapshots; the column of misses"
            + " counted "
            + row.misses());
    return with(entry, row, missed);
  }

  private static ProfileDelta with(ProfileDelta entry, ProfileDelta row, long missed) {
    return new ProfileDelta(
        row.event(), row.hits(), missed, entry.event(), entry.hits(), row.change());
  }
}
