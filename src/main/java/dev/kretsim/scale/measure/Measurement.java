package dev.kretsim.scale.measure;

import dev.kretsim.files.FileName;
import dev.kretsim.scale.Machine.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/**
 * Measures this machine: what loads, stores and exchanges cost in the own cache, and how long a
 * line takes from one CPU to another. What it cannot measure is assumed, and says so.
 */
public final class Measurement {
  private static final Path SYSTEM = FileName.of("/sys/devices/system/cpu");

  /** The first one only warms up: the compiler runs beside it. */
  private static final int WARMING_BOUTS = 1;

  private static final int BOUTS = 7;

  /** A line that comes from elsewhere takes so much longer that fewer will do. */
  private static final int ACCESSES_PER_ROUND = 10;

  private final int cpus;
  private final int accesses;
  private final AtomicBoolean pinned = new AtomicBoolean(true);
  private final Map<String, List<Double>> bouts = new LinkedHashMap<>();

  private Measurement(int cpus, int accesses) {
    this.cpus = cpus;
    this.accesses = accesses;
  }

  /**
   * What was found.
   *
   * @param yaml the description of this machine, as {@code Machines.of} reads it
   * @param unsteady what differed from bout to bout, in a sentence; empty if nothing did
   */
  public record Found(String yaml, Optional<String> unsteady) {}

  /**
   * Measures it, for some seconds.
   *
   * @param accesses how many of each kind are timed at once, at least 1
   * @throws InterruptedException if the thread is interrupted while it waits for others
   */
  public static Found here(int accesses) throws InterruptedException {
    return new Measurement(Runtime.getRuntime().availableProcessors(), accesses).found();
  }

  /** In turn, so that what else runs for a while meets a bout of each and not all of one. */
  private Found found() throws InterruptedException {
    Map<Level, Integer> nearest = new EnumMap<>(Level.class);
    for (int cpu = 1; cpu < cpus; cpu++) {
      nearest.putIfAbsent(level(cpu), cpu);
    }
    OwnLine own = new OwnLine(accesses);
    for (int bout = 0; bout < WARMING_BOUTS + BOUTS; bout++) {
      if (bout == WARMING_BOUTS) {
        bouts.clear();
      }
      Thread thread =
          new Thread(
              () -> {
                pin(0);
                add("rmw", own::exchange);
                add("load", own::load);
                add("store", own::store);
              });
      thread.start();
      thread.join();
      for (Map.Entry<Level, Integer> other : nearest.entrySet()) {
        double half =
            PingPong.between(
                0, other.getValue(), this::pin, Math.max(1, accesses / ACCESSES_PER_ROUND));
        add(key(other.getKey()), () -> half);
      }
    }
    Map<String, Figure> figures = new LinkedHashMap<>();
    bouts.forEach(
        (name, all) ->
            figures.put(name, Figure.of(all.stream().mapToDouble(each -> each).toArray())));
    Optional<String> unsteady = unsteady(figures);
    return new Found(describe(figures, unsteady), unsteady);
  }

  private void pin(int cpu) {
    if (!Pinned.to(cpu)) {
      pinned.set(false);
    }
  }

  private void add(String name, DoubleSupplier measured) {
    bouts.computeIfAbsent(name, none -> new ArrayList<>()).add(measured.getAsDouble());
  }

  private static Optional<String> unsteady(Map<String, Figure> figures) {
    List<String> parts = new ArrayList<>();
    figures.forEach(
        (name, figure) -> {
          if (!figure.steady()) {
            parts.add(
                String.format(Locale.ROOT, "%s %.2f to %.2f", name, figure.least(), figure.most()));
          }
        });
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "not steady, so something else ran meanwhile: %s ns; measure again"
                .formatted(String.join(", ", parts)));
  }

  private static String key(Level level) {
    return switch (level) {
      case SAME_CORE -> "sameCore";
      case CROSS_SOCKET -> "crossSocket";
      default -> "sameDie";
    };
  }

  private static Level level(int cpu) {
    if (topology(cpu, "thread_siblings_list").equals(topology(0, "thread_siblings_list"))
        && !topology(cpu, "thread_siblings_list").isEmpty()) {
      return Level.SAME_CORE;
    }
    return topology(cpu, "physical_package_id").equals(topology(0, "physical_package_id"))
        ? Level.SAME_DIE
        : Level.CROSS_SOCKET;
  }

  private static String topology(int cpu, String what) {
    try {
      return Files.readString(SYSTEM.resolve("cpu" + cpu).resolve("topology").resolve(what))
          .strip();
    } catch (IOException notTold) {
      return "";
    }
  }

  private long different(String what) {
    return IntStream.range(0, cpus).mapToObj(cpu -> topology(cpu, what)).distinct().count();
  }

  private String describe(Map<String, Figure> figures, Optional<String> unsteady) {
    boolean told = !topology(0, "thread_siblings_list").isEmpty();
    int cores = told ? (int) different("thread_siblings_list") : cpus;
    int sockets = told ? (int) different("physical_package_id") : 1;
    boolean even = cpus % cores == 0 && cores % sockets == 0;
    int perSocket = even ? cores / sockets : cpus;
    StringBuilder yaml =
        new StringBuilder("# This machine, measured. All times in nanoseconds.\n")
            .append(pinned.get() ? "" : "# Threads could not be pinned: taskset did not work.\n");
    unsteady.ifPresent(what -> yaml.append("# ").append(what).append('\n'));
    yaml.append("name: here\n");
    yaml.append("sockets: ").append(even ? sockets : 1).append('\n');
    yaml.append("coresPerSocket: ").append(perSocket).append('\n');
    yaml.append("coresPerDie: ").append(perSocket).append('\n');
    yaml.append("coresPerCluster: 1\n");
    yaml.append("smt: ").append(even ? cpus / cores : 1).append('\n');
    yaml.append("lineBytes: 64\n");
    String where = pinned.get() ? ", pinned" : ", unpinned";
    figures.forEach((name, figure) -> number(yaml, name, figure.value(), figure.from() + where));
    if (!figures.containsKey("sameDie")) {
      number(yaml, "sameDie", 50, "assumed");
    }
    number(yaml, "sharedRead", 20, "assumed");
    number(yaml, "sharedReadFar", 90, "assumed");
    number(yaml, "occupancy", 20, "assumed: 3 to 35 on the machines that were measured");
    number(yaml, "smtKernel", 1.5, "assumed");
    number(yaml, "smtTight", 1.6, "assumed");
    number(yaml, "snoopFraction", 0.5, "assumed");
    number(yaml, "jitter", 0.2, "assumed; keeps few threads out of lock-step");
    return yaml.toString();
  }

  private static void number(StringBuilder yaml, String name, double value, String from) {
    yaml.append(String.format(Locale.ROOT, "%s: {value: %.2f, from: \"%s\"}\n", name, value, from));
  }
}
