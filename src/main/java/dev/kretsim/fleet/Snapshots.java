package dev.kretsim.fleet;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.TraceSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Which of a host's two snapshots of {@code kprobe_profile} came first, as their names tell. */
final class Snapshots {
  private Snapshots() {}

  /** When a file of that name was taken: {@code before} or {@code after}; else empty. */
  static String moment(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    return Arrays.stream(file.split("\\."))
        .filter(part -> part.equals("before") || part.equals("after"))
        .findFirst()
        .orElse("");
  }

  /**
   * The earlier one first; one that stands alone is all since its events were defined.
   *
   * @throws BadInputException if the names do not tell, or one of a pair is missing
   */
  static TraceSource inOrder(TraceSource source) {
    List<TraceSource> parts = source.parts();
    List<String> moments = parts.stream().map(part -> moment(part.name())).toList();
    if (moments.equals(List.of("")) || moments.equals(List.of("before", "after"))) {
      return source;
    }
    if (moments.equals(List.of("after", "before"))) {
      return TraceSource.together(List.of(parts.get(1), parts.get(0)));
    }
    throw new BadInputException(
        (parts.size() == 1
                    ? "%s: half a pair of snapshots of kprobe_profile"
                    : "%s: snapshots of kprobe_profile that are no pair")
                .formatted(parts.stream().map(TraceSource::name).collect(Collectors.joining(", ")))
            + "; expected NAME.before and NAME.after");
  }
}
