package dev.kretsim.fleet;

import dev.kretsim.kernel.DidYouMean;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is said of hosts beside their files.
 *
 * @param source where, for messages; empty if nothing is
 * @param byHost of each host, by its functions; what stands under "" is of all of them
 */
public record KnownHosts(String source, Map<String, Map<String, HostFacts>> byHost)
    implements Serializable {
  static final String ALL_FUNCTIONS = "";

  /** Plain maps: what travels to other machines is no view of something else. */
  public KnownHosts {
    byHost = new TreeMap<>(byHost);
    byHost.replaceAll((host, facts) -> new HashMap<>(facts));
  }

  /** Nothing is said of any. */
  public static KnownHosts none() {
    return new KnownHosts("", Map.of());
  }

  /**
   * What a file says; see {@code --hosts}.
   *
   * @throws dev.kretsim.kernel.BadInputException if it cannot be read, has a column or a value that
   *     is none, or says something twice
   */
  public static KnownHosts read(Path file) {
    return HostTable.read(file);
  }

  /** What holds for all of a host. */
  HostFacts of(String host) {
    return byHost.getOrDefault(host, Map.of()).getOrDefault(ALL_FUNCTIONS, HostFacts.NOTHING);
  }

  /** What holds for a function of a host. */
  HostFacts of(String host, String function) {
    return byHost
        .getOrDefault(host, Map.of())
        .getOrDefault(function, HostFacts.NOTHING)
        .or(of(host));
  }

  /** All that is said of a host, as text that is the same if that is the same. */
  String told(String host) {
    return new TreeMap<>(byHost.getOrDefault(host, Map.of())).toString();
  }

  /**
   * Hosts of which something is said and that have no file: a warning, or nothing.
   *
   * @param hosts those that have files
   */
  public List<String> withoutFiles(List<Host> hosts) {
    TreeSet<String> names = new TreeSet<>(hosts.stream().map(Host::name).toList());
    List<String> idle = byHost.keySet().stream().filter(host -> !names.contains(host)).toList();
    return idle.isEmpty()
        ? List.of()
        : List.of(
            "%s: warning: %d hosts of which no file was given; the first is %s%s"
                .formatted(source, idle.size(), idle.get(0), DidYouMean.hint(names, idle.get(0))));
  }

  /** The functions of which something is said of a host. */
  List<String> functions(String host) {
    return byHost.getOrDefault(host, Map.of()).keySet().stream()
        .filter(function -> !function.equals(ALL_FUNCTIONS))
        .sorted()
        .toList();
  }

  /**
   * Functions of which something is said and that their host does not call: a warning, or nothing.
   *
   * @param asked the functions that are planned; empty: all
   */
  public List<String> withoutCalls(List<HostResult> results, List<String> asked) {
    int idle = 0;
    String first = "";
    for (HostResult result : results) {
      List<String> called = result.functions().stream().map(HostFunction::function).toList();
      for (String function : result.why() == null ? functions(result.host()) : List.<String>of()) {
        boolean wanted = asked.isEmpty() || asked.contains(function);
        if (wanted && !called.contains(function) && idle++ == 0) {
          first = function + " of " + result.host() + DidYouMean.hint(called, function);
        }
      }
    }
    return idle == 0
        ? List.of()
        : List.of(
            "%s: warning: %d %s not called; the first is %s"
                .formatted(source, idle, idle == 1 ? "function is" : "functions are", first));
  }
}
