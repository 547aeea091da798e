package dev.kretsim.scale.measure;

import dev.kretsim.files.FileName;
import dev.kretsim.scale.Machine.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;

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

  private final CpuTopology topology;
  private final int accesses;
  private final AtomicBoolean pinned = new AtomicBoolean(true);
  private final Map<String, List<Double>> bouts = new LinkedHashMap<>();

  private Measurement(CpuTopology topology, int accesses) {
    this.topology = topology;
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
    return new Measurement(CpuTopology.read(SYSTEM, Pinned.cpus()), accesses).found();
  }

  /** In turn, so that what else runs for a while meets a bout of each and not all of one. */
  private Found found() throws InterruptedException {
    int first = topology.first();
    Map<Level, Integer> others = topology.others();
    OwnLine own = new OwnLine(accesses);
    for (int bout = 0; bout < WARMING_BOUTS + BOUTS; bout++) {
      if (bout == WARMING_BOUTS) {
        bouts.clear();
      }
      Thread thread =
          new Thread(
              () -> {
                pin(first);
                add("rmw", own::exchange);
                add("load", own::load);
                add("store", own::store);
              });
      thread.start();
      thread.join();
      for (Map.Entry<Level, Integer> other : others.entrySet()) {
        double half =
            PingPong.between(
                first, other.getValue(), this::pin, Math.max(1, accesses / ACCESSES_PER_ROUND));
        add(key(other.getKey()), () -> half);
      }
    }
    Map<String, Figure> figures = new LinkedHashMap<>();
    bouts.forEach(
        (name, all) ->
            figures.put(name, Figure.of(all.stream().mapToDouble(each -> each).toArray())));
    Optional<String> unsteady = unsteady(figures);
    return new Found(Description.of(topology, figures, pinned.get(), unsteady), unsteady);
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
      case SAME_CLUSTER -> "sameCluster";
      case SAME_DIE -> "sameDie";
      case CROSS_DIE -> "crossDie";
      case CROSS_SOCKET -> "crossSocket";
    };
  }
}
