package dev.kretsim.scale;

import dev.kretsim.files.FileName;
import dev.kretsim.scale.Machine.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Measures this machine: what loads, stores and exchanges cost in the own cache, and how long a
 * line takes from one CPU to another. What it cannot measure is assumed, and says so.
 */
public final class Measurement {
  private static final Path SYSTEM = FileName.of("/sys/devices/system/cpu");
  private static final int WORDS_APART = 32;
  private static final int REPEATS = 50;
  private static final long LEAST_NS = 400_000_000;

  /** A line that comes from elsewhere takes so much longer that fewer will do. */
  private static final int ACCESSES_PER_ROUND = 10;

  private static final int ROUNDS_PER_YIELD = 10_000;

  private final int cpus;
  private final int accesses;
  private final AtomicBoolean pinned = new AtomicBoolean(true);
  private final AtomicLongArray words = new AtomicLongArray(4 * WORDS_APART);

  private Measurement(int cpus, int accesses) {
    this.cpus = cpus;
    this.accesses = accesses;
  }

  /**
   * The description of this machine, as {@link Machines#of} reads it.
   *
   * @param accesses how many of each kind are timed at once, at least 1: ten thousand take less
   *     than a second in all, where nothing else runs
   * @throws InterruptedException if the thread is interrupted while it waits for others
   */
  public static String yaml(int accesses) throws InterruptedException {
    return new Measurement(Runtime.getRuntime().availableProcessors(), accesses).yaml();
  }

  private String yaml() throws InterruptedException {
    Map<String, Double> own = new LinkedHashMap<>();
    Thread thread =
        new Thread(
            () -> {
              pin(0);
              own.put("rmw", least(this::exchanges));
              own.put("load", least(this::loads));
              own.put("store", least(this::stores));
            });
    thread.start();
    thread.join();
    Map<Level, Double> transfers = new LinkedHashMap<>();
    for (int cpu = 1; cpu < cpus; cpu++) {
      Level level = level(cpu);
      if (!transfers.containsKey(level)) {
        transfers.put(level, pingPong(cpu));
      }
    }
    return describe(own, transfers);
  }

  private void pin(int cpu) {
    if (!Pinned.to(cpu)) {
      pinned.set(false);
    }
  }

  // A loop each: through one that is handed the access, the call of it would be timed as well.

  private void exchanges(int times) {
    for (int i = 0; i < times; i++) {
      words.getAndAdd(0, 1);
    }
  }

  private void loads(int times) {
    for (int i = 0; i < times; i++) {
      words.getAcquire(WORDS_APART);
    }
  }

  private void stores(int times) {
    for (int i = 0; i < times; i++) {
      words.setRelease(0, i);
    }
  }

  /**
   * Nanoseconds each, where nothing came between: the least of many runs, so many that the compiler
   * has come to the loop meanwhile.
   */
  private double least(IntConsumer timed) {
    double least = Double.MAX_VALUE;
    long begin = System.nanoTime();
    long now = begin;
    for (int run = 0; run < REPEATS || now - begin < LEAST_NS; run++) {
      long from = now;
      timed.accept(accesses);
      now = System.nanoTime();
      least = Math.min(least, (double) (now - from) / accesses);
    }
    return least;
  }

  /** Half of a round trip between CPU 0 and another. */
  private double pingPong(int cpu) throws InterruptedException {
    int rounds = Math.max(1, accesses / ACCESSES_PER_ROUND);
    double[] each = new double[REPEATS];
    int ball = 2 * WORDS_APART;
    words.set(ball, 0);
    Thread other =
        new Thread(
            () -> {
              pin(cpu);
              for (long round = 0; round < (long) REPEATS * rounds; round++) {
                exchange(ball, 2 * round + 1);
              }
            });
    Thread one =
        new Thread(
            () -> {
              pin(0);
              for (int at = 0; at < REPEATS; at++) {
                long from = System.nanoTime();
                for (long round = 0; round < rounds; round++) {
                  exchange(ball, 2 * ((long) at * rounds + round));
                }
                each[at] = (System.nanoTime() - from) / 2.0 / rounds;
              }
            });
    other.start();
    one.start();
    one.join();
    other.join();
    return Arrays.stream(each).min().orElseThrow();
  }

  /** Waits for a number and counts it up; lets others run if that takes long. */
  private void exchange(int word, long expected) {
    for (int tries = 1; !words.compareAndSet(word, expected, expected + 1); tries++) {
      if (tries % ROUNDS_PER_YIELD == 0) {
        Thread.yield();
      }
    }
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

  private String describe(Map<String, Double> own, Map<Level, Double> transfers) {
    boolean told = !topology(0, "thread_siblings_list").isEmpty();
    int cores = told ? (int) different("thread_siblings_list") : cpus;
    int sockets = told ? (int) different("physical_package_id") : 1;
    boolean even = cpus % cores == 0 && cores % sockets == 0;
    int perSocket = even ? cores / sockets : cpus;
    StringBuilder yaml =
        new StringBuilder("# This machine, measured. All times in nanoseconds.\n")
            .append(pinned.get() ? "" : "# Threads could not be pinned: taskset did not work.\n");
    yaml.append("name: here\n");
    yaml.append("sockets: ").append(even ? sockets : 1).append('\n');
    yaml.append("coresPerSocket: ").append(perSocket).append('\n');
    yaml.append("coresPerDie: ").append(perSocket).append('\n');
    yaml.append("coresPerCluster: 1\n");
    yaml.append("smt: ").append(even ? cpus / cores : 1).append('\n');
    yaml.append("lineBytes: 64\n");
    String how =
        "measured: least of %d or more, %s"
            .formatted(REPEATS, pinned.get() ? "pinned" : "unpinned");
    own.forEach((name, ns) -> number(yaml, name, ns, how));
    double die = transfers.getOrDefault(Level.SAME_DIE, 50.0);
    number(
        yaml,
        "sameDie",
        die,
        transfers.containsKey(Level.SAME_DIE) ? how + ", half a round trip" : "assumed");
    transfers.forEach(
        (level, ns) -> {
          if (level == Level.SAME_CORE) {
            number(yaml, "sameCore", ns, how + ", half a round trip");
          } else if (level == Level.CROSS_SOCKET) {
            number(yaml, "crossSocket", ns, how + ", half a round trip");
          }
        });
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
