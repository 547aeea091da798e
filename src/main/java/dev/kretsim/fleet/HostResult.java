package dev.kretsim.fleet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one host.
 *
 * @param functions none where it called none of those asked for, or could not be planned
 * @param why why it could not be planned; null if it was
 */
public record HostResult(String host, List<HostFunction> functions, @Nullable String why) {
  public HostResult {
    functions = List.copyOf(functions);
  }
}
