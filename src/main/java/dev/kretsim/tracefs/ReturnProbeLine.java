package dev.kretsim.tracefs;

/**
 * A line for {@code kprobe_events} that sets a return probe: {@code r54:vfs_read_ret vfs_read
 * $retval}.
 *
 * @param maxactive from 1 to {@value #MOST_INSTANCES}; the kernel refuses others
 * @param event the event's name, as {@link #eventName} makes it
 * @param symbol the function, as the kernel's symbol table spells it
 */
public record ReturnProbeLine(int maxactive, String event, String symbol) {
  /** {@code KRETPROBE_MAXACTIVE_MAX}: with more, "Maxactive is too big". */
  public static final int MOST_INSTANCES = 4096;

  /** {@code MAX_EVENT_NAME_LEN} without its terminator. */
  private static final int LONGEST_NAME = 63;

  private static final String SUFFIX = "_ret";

  public ReturnProbeLine {
    if (maxactive < 1 || maxactive > MOST_INSTANCES) {
      throw new IllegalArgumentException(
          "maxactive must be in [1, " + MOST_INSTANCES + "]: maxactive=" + maxactive);
    }
  }

  /** The line that probes a function with that many instances, or with as many as are allowed. */
  public static ReturnProbeLine of(String symbol, int maxactive) {
    return new ReturnProbeLine(Math.min(maxactive, MOST_INSTANCES), eventName(symbol), symbol);
  }

  /**
   * An event name that the kernel accepts: letters, digits and underscores, not beginning with a
   * digit, shorter than 64 characters.
   */
  public static String eventName(String symbol) {
    String legal = symbol.replaceAll("[^A-Za-z0-9_]", "_");
    String started = legal.isEmpty() || Character.isDigit(legal.charAt(0)) ? "_" + legal : legal;
    int room = LONGEST_NAME - SUFFIX.length();
    return (started.length() > room ? started.substring(0, room) : started) + SUFFIX;
  }

  /** The line as {@code kprobe_events} takes it. */
  public String render() {
    return "r" + maxactive + ":" + event + " " + symbol + " $retval";
  }
}
