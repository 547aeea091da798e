package dev.kretsim.plan;

import dev.kretsim.kernel.BadInputException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The CPUs that the machine to probe could ever have online.
 *
 * @param number null if nothing tells
 * @param basis where the number comes from
 */
public record PossibleCpus(@Nullable Integer number, Basis basis) {
  /** The most that kernels are built for. */
  public static final int MOST = 8192;

  private static final Pattern LIST =
      Pattern.compile("[0-9]{1,9}(-[0-9]{1,9})?(,[0-9]{1,9}(-[0-9]{1,9})?)*");

  /** Where a number of CPUs comes from. */
  public enum Basis {
    /** The trace shows them. */
    TRACE,
    /** The user said so. */
    GIVEN,
    /** Nothing tells: each number is possible. */
    ASSUMED;

    /** {@return the name used in results} */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * {@return how many CPUs a number or a list such as {@code 0-63} tells, which {@code
   * /sys/devices/system/cpu/possible} holds}
   *
   * @param text what the user typed
   * @throws BadInputException if it is neither, or not from 1 to {@value #MOST}
   */
  public static int parse(String text) {
    String said = text.strip();
    if (said.matches("[0-9]{1,9}")) {
      return within(Long.parseLong(said), text);
    }
    if (!LIST.matcher(said).matches()) {
      throw new BadInputException(
          "--possible-cpus must be a number, or a list such as 0-63: "
              + text
              + "; there it stands in /sys/devices/system/cpu/possible");
    }
    long count = 0;
    for (String part : said.split(",", -1)) {
      String[] ends = part.split("-", 2);
      count += Long.parseLong(ends[ends.length - 1]) - Long.parseLong(ends[0]) + 1;
    }
    return within(count, text);
  }

  static int within(long count, Object said) {
    if (count < 1 || count > MOST) {
      throw new BadInputException("--possible-cpus must be from 1 to " + MOST + ": " + said);
    }
    return (int) count;
  }

  /**
   * {@return those that were asked for, else those of a trace, else unknown}
   *
   * @param question what was asked
   * @param inTrace how many CPUs the trace shows; 0 if none
   */
  public static PossibleCpus of(PlanQuestion question, int inTrace) {
    Integer given = question.possibleCpus();
    if (given != null) {
      return new PossibleCpus(given, Basis.GIVEN);
    }
    return inTrace > 0
        ? new PossibleCpus(inTrace, Basis.TRACE)
        : new PossibleCpus(null, Basis.ASSUMED);
  }
}
