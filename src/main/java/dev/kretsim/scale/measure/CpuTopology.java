package dev.kretsim.scale.measure;

import dev.kretsim.scale.Machine.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How the CPUs that this process may use lie to each other, as Linux tells it. A die is what shares
 * one last-level cache, as those of one chiplet do: between two of them a line takes far longer.
 *
 * <p>A level at which the machine is uneven is left out, for a description says how many are in
 * each: the dies of a socket or the clusters of a die that are not all alike count as none, and
 * with sockets or cores that are not, all CPUs count as cores of one socket.
 *
 * <p><b>Source.</b> Documentation/admin-guide/cputopology.rst and Documentation/ABI/testing/
 * sysfs-devices-system-cpu.
 */
record CpuTopology(Map<Integer, Place> places) {
  private static final String LAST_LEVEL = "3";
  private static final int MOST_CACHES = 8;

  /** Where a CPU is: what has the same name is the same. */
  record Place(String core, String cluster, String die, String socket) {}

  CpuTopology {
    places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
  }

  /**
   * Reads it.
   *
   * @param system {@code /sys/devices/system/cpu}
   * @param cpus as the system counts them, at least one
   */
  static CpuTopology read(Path system, List<Integer> cpus) {
    Map<Integer, Place> told = new LinkedHashMap<>();
    for (int cpu : cpus) {
      Path of = system.resolve("cpu" + cpu);
      String core = text(of, "topology/thread_siblings_list", "cpu " + cpu);
      String socket = text(of, "topology/physical_package_id", "0");
      String die = socket + "/" + lastLevelCache(of);
      String cluster = die + "/" + text(of, "topology/cluster_cpus_list", core);
      told.put(cpu, new Place(core, cluster, die, socket));
    }
    return new CpuTopology(evened(told));
  }

  private static String lastLevelCache(Path cpu) {
    for (int index = 0; index < MOST_CACHES; index++) {
      String cache = "cache/index" + index + "/";
      if (text(cpu, cache + "level", "").equals(LAST_LEVEL)) {
        return text(cpu, cache + "shared_cpu_list", "");
      }
    }
    return "";
  }

  private static String text(Path cpu, String what, String otherwise) {
    try {
      String text = Files.readString(cpu.resolve(what)).strip();
      return text.isEmpty() ? otherwise : text;
    } catch (IOException notTold) {
      return otherwise;
    }
  }

  private static Map<Integer, Place> evened(Map<Integer, Place> told) {
    Collection<Place> all = told.values();
    Map<Integer, Place> evened = new LinkedHashMap<>();
    if (!even(all, Place::core) || !even(all, Place::socket)) {
      told.keySet().forEach(cpu -> evened.put(cpu, new Place("cpu " + cpu, "cpu " + cpu, "", "")));
      return evened;
    }
    boolean dies = even(all, Place::die);
    int clusters = count(all, Place::cluster);
    boolean clustered =
        dies
            && even(all, Place::cluster)
            && count(all, Place::die) < clusters
            && clusters < count(all, Place::core);
    told.forEach(
        (cpu, place) ->
            evened.put(
                cpu,
                new Place(
                    place.core(),
                    clustered ? place.cluster() : place.core(),
                    dies ? place.die() : place.socket(),
                    place.socket())));
    return evened;
  }

  private static boolean even(Collection<Place> all, Function<Place, String> part) {
    return all.stream()
            .collect(Collectors.groupingBy(part, Collectors.counting()))
            .values()
            .stream()
            .distinct()
            .count()
        == 1;
  }

  private static int count(Collection<Place> all, Function<Place, String> part) {
    return (int) all.stream().map(part).distinct().count();
  }

  int cpus() {
    return places.size();
  }

  int cores() {
    return count(places.values(), Place::core);
  }

  int clusters() {
    return count(places.values(), Place::cluster);
  }

  int dies() {
    return count(places.values(), Place::die);
  }

  int sockets() {
    return count(places.values(), Place::socket);
  }

  private Level level(Place one, Place other) {
    if (one.core().equals(other.core())) {
      return Level.SAME_CORE;
    }
    if (!one.socket().equals(other.socket())) {
      return Level.CROSS_SOCKET;
    }
    if (!one.die().equals(other.die())) {
      return Level.CROSS_DIE;
    }
    return one.cluster().equals(other.cluster()) ? Level.SAME_CLUSTER : Level.SAME_DIE;
  }

  /** The first CPU. */
  int first() {
    return places.keySet().iterator().next();
  }

  /** For each distance from the first CPU, the one in the middle of those that are so far away. */
  Map<Level, Integer> others() {
    Map<Level, List<Integer>> apart = new EnumMap<>(Level.class);
    Place from = Objects.requireNonNull(places.get(first()));
    places.forEach(
        (cpu, place) -> {
          if (cpu != first()) {
            apart.computeIfAbsent(level(from, place), none -> new ArrayList<>()).add(cpu);
          }
        });
    Map<Level, Integer> middle = new EnumMap<>(Level.class);
    apart.forEach((level, cpus) -> middle.put(level, cpus.get(cpus.size() / 2)));
    return middle;
  }
}
