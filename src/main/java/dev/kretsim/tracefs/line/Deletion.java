package dev.kretsim.tracefs.line;

import dev.kretsim.probe.Errno;
import dev.kretsim.tracefs.fetch.Argument;
import dev.kretsim.tracefs.fetch.RefusedLineException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line that deletes probes: {@code -:GROUP/EVENT}, and behind it the one probe that is meant.
 *
 * @param group null for any
 * @param event empty for all of the group
 * @param location as the listing shows it; null for any
 * @param arguments as the listing shows them; the probe may have more
 */
public record Deletion(
    @Nullable String group, String event, @Nullable String location, List<String> arguments) {
  static Deletion of(List<String> words, boolean wholeGroups) {
    String head = words.get(0);
    if (!head.startsWith("-:")) {
      throw RefusedLineException.silently(Errno.EINVAL);
    }
    String name = head.substring(2);
    int slash = name.indexOf('/');
    String group = slash < 0 ? null : name.substring(0, slash);
    String event = name.substring(slash + 1);
    if (event.isEmpty() && (group == null || !wholeGroups)) {
      throw RefusedLineException.silently(Errno.EINVAL);
    }
    return new Deletion(
        group,
        event,
        words.size() > 1 ? words.get(1) : null,
        words.size() > 2 ? List.copyOf(words.subList(2, words.size())) : List.of());
  }

  /** Whether that probe is meant. */
  public boolean matches(ProbeLine probe) {
    if (group != null && !group.equals(probe.group())
        || !event.isEmpty() && !event.equals(probe.event())
        || location != null && !location.equals(probe.location().text())
        || arguments.size() > probe.arguments().size()) {
      return false;
    }
    List<String> its = probe.arguments().stream().map(Argument::text).toList();
    return arguments.equals(its.subList(0, arguments.size()));
  }
}
