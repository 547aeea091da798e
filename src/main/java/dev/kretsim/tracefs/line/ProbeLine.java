package dev.kretsim.tracefs.line;

import dev.kretsim.tracefs.fetch.Argument;
import java.util.List;

/**
 * A line that defines a probe: {@code r4:GROUP/EVENT FUNCTION NAME=$retval}.
 *
 * @param maxactive as asked for; 0 for the kernel's default
 */
public record ProbeLine(
    boolean onReturn,
    int maxactive,
    String group,
    String event,
    Location location,
    List<Argument> arguments) {
  public ProbeLine {
    arguments = List.copyOf(arguments);
  }

  /**
   * The line as the listing shows it.
   *
   * @param inForce instances of a return probe once it is registered; 0 if it is not
   */
  public String listed(int inForce) {
    StringBuilder text = new StringBuilder(onReturn ? "r" : "p");
    if (onReturn && inForce > 0) {
      text.append(inForce);
    }
    text.append(':').append(group).append('/').append(event);
    text.append(' ').append(location.text());
    arguments.forEach(argument -> text.append(' ').append(argument.text()));
    return text.toString();
  }
}
