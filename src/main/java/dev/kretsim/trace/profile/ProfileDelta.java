package dev.kretsim.trace.profile;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.event.EventNames;
import dev.kretsim.trace.text.LineReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a kprobe event counted between two snapshots of {@code kprobe_profile}.
 *
 * @param event the event's name
 * @param hits how much the hits column grew: returns, for a return probe
 * @param misses how much the column of misses grew; what it includes depends on the kernel version
 * @param entryEvent the event of an entry probe of the same function; empty if there is none
 * @param entries how much the hits of that grew
 * @param change how the counters went on
 */
public record ProfileDelta(
    String event, long hits, long misses, String entryEvent, long entries, Change change) {
  /** Of a return probe without an entry probe of the same function. */
  public ProfileDelta(String event, long hits, long misses, Change change) {
    this(event, hits, misses, "", 0, change);
  }

  /** How counters went on from one snapshot to the other. */
  public enum Change {
    /** There is one snapshot only: all since the event was defined. */
    SINCE_DEFINED,
    /** Both grew, or stayed. */
    GREW,
    /** One of them wrapped around, which is taken into account. */
    WRAPPED,
    /** The event was defined anew in between: all since then, which is less than between them. */
    RESET
  }

  private static final Pattern ROW =
      Pattern.compile("\\s*(\\S+)\\s+(\\d{1,20})\\s+(\\d{1,20})\\s*");
  private static final long INT_RANGE = 1L << 32;

  private record Counters(long hits, long misses) {
    /** The misses counted from 0, also where an int of the kernel went past 2^31-1. */
    long count() {
      return misses < 0 ? misses & (INT_RANGE - 1) : misses;
    }
  }

  /**
   * What was read.
   *
   * @param deltas one for each return probe in the later snapshot, in its order; where an entry
   *     probe of the same function is there too, its misses are at least what entered and did not
   *     return
   * @param lines how many lines were read
   * @param remarks what a user should know, one line each
   */
  public record Reading(List<ProfileDelta> deltas, long lines, List<String> remarks) {
    public Reading {
      deltas = List.copyOf(deltas);
      remarks = List.copyOf(remarks);
    }
  }

  /** The function that the event is named after, or the event's name if that does not tell. */
  public String function() {
    return EventNames.ofReturn(event);
  }

  /**
   * Reads two snapshots, from two files or one behind the other in one; or a single one.
   *
   * @throws BadInputException when there is none, or none of a return probe
   */
  public static Reading read(TraceSource source) {
    List<Map<String, Counters>> snapshots = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    long[] lines = new long[1];
    for (TraceSource part : source.parts()) {
      snapshots.addAll(snapshots(part, remarks, lines));
    }
    if (snapshots.size() > 2) {
      throw new BadInputException(
          source.name() + ": " + snapshots.size() + " snapshots of kprobe_profile; expected two");
    }
    Map<String, Counters> last = snapshots.get(snapshots.size() - 1);
    Map<String, Counters> first = snapshots.size() == 2 ? snapshots.get(0) : Map.of();
    List<ProfileDelta> deltas = new ArrayList<>();
    last.forEach(
        (event, counters) -> {
          ProfileDelta delta = between(event, first.get(event), counters);
          deltas.add(delta);
          if (delta.change() == Change.RESET) {
            remarks.add(
                source.name()
                    + ": warning: "
                    + event
                    + ": the counters went back: it was defined anew between the snapshots, so"
                    + " only what came after that counts");
          }
        });
    if (snapshots.size() == 1) {
      remarks.add(
          source.name()
              + ": remark: one snapshot only; the counts since the events were defined are used");
    }
    return new Reading(new EntryRows(source.name(), remarks).joined(deltas), lines[0], remarks);
  }

  private static ProfileDelta between(String event, @Nullable Counters before, Counters after) {
    if (before == null) {
      return new ProfileDelta(event, after.hits(), after.count(), Change.SINCE_DEFINED);
    }
    long hits = grown(before.hits(), after.hits());
    long misses = grown(before.misses(), after.misses());
    if (hits < 0 || misses < 0) {
      return new ProfileDelta(event, after.hits(), after.count(), Change.RESET);
    }
    boolean wrapped =
        hits != after.hits() - before.hits()
            || misses != after.misses() - before.misses()
            || wraps(before.misses(), after.misses());
    return new ProfileDelta(event, hits, misses, wrapped ? Change.WRAPPED : Change.GREW);
  }

  private static boolean wraps(long before, long after) {
    return before < 0 != after < 0;
  }

  /**
   * How far a counter went. Those that the kernel keeps in an {@code int} go from 2^31-1 to -2^31,
   * which is printed as 2^64-2^31; those of 32-bit machines from 2^32-1 to 0. Either is taken for a
   * wrap where the counter then went on by less than a quarter of its range.
   *
   * @return negative if it can only have begun anew
   */
  private static long grown(long before, long after) {
    if (after >= before && !wraps(before, after)) {
      return after - before;
    }
    boolean isInt = inInt(before) && inInt(after);
    boolean isUnsignedInt = before >= 0 && after >= 0 && before < INT_RANGE;
    if (!isInt && !isUnsignedInt) {
      return -1;
    }
    long steps = Math.floorMod(after - before, INT_RANGE);
    return steps < INT_RANGE / 4 ? steps : -1;
  }

  private static boolean inInt(long counter) {
    return counter == (int) counter;
  }

  private static List<Map<String, Counters>> snapshots(
      TraceSource part, List<String> remarks, long[] lines) {
    List<Map<String, Counters>> snapshots = new ArrayList<>();
    Map<String, Counters> rows = new LinkedHashMap<>();
    List<Long> damaged = new ArrayList<>();
    try (LineReader reader = new LineReader(part.name(), part.open())) {
      while (reader.next()) {
        lines[0]++;
        String text = reader.line().toString();
        Matcher row = ROW.matcher(text);
        if (!row.matches()) {
          if (!text.isBlank() && !text.startsWith("#")) {
            damaged.add(reader.number());
          }
          continue;
        }
        if (rows.containsKey(row.group(1))) {
          snapshots.add(rows);
          rows = new LinkedHashMap<>();
        }
        rows.put(row.group(1), new Counters(counter(row.group(2)), counter(row.group(3))));
      }
    } catch (IOException e) {
      throw new BadInputException(part.name() + ": cannot be read: " + e.getMessage());
    } catch (NumberFormatException e) {
      throw new BadInputException(part.name() + ": a counter above 2^64-1: " + e.getMessage());
    }
    if (rows.isEmpty()) {
      throw new BadInputException(
          part.name() + ": no usable line; expected kprobe_profile's 'EVENT HITS MISSES'");
    }
    if (!damaged.isEmpty()) {
      remarks.add(
          part.name()
              + ":"
              + damaged.get(0)
              + ": warning: "
              + (damaged.size() == 1
                  ? "a damaged line was"
                  : damaged.size() + " damaged lines were")
              + " passed over; expected 'EVENT HITS MISSES'");
    }
    snapshots.add(rows);
    return snapshots;
  }

  /** A counter of 64 bits; those above 2^63-1 come out negative, as the kernel's int did. */
  private static long counter(String digits) {
    return Long.parseUnsignedLong(digits);
  }
}
