package dev.kretsim.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** On which CPUs threads run. Threads beyond the machine's CPUs share them and add nothing. */
public final class Placement {
  /** One thread a core, socket after socket; then the second hyperthreads. */
  public static final Placement COMPACT =
      new Placement("compact", (machine, threads) -> cores(machine, threads, place -> place));

  /** One thread a core, the sockets by turns; then the second hyperthreads. */
  public static final Placement SPREAD =
      new Placement(
          "spread",
          (machine, threads) ->
              cores(
                  machine,
                  threads,
                  place ->
                      place % machine.sockets() * machine.coresPerSocket()
                          + place / machine.sockets()));

  /**
   * As the published raw-queue runs were pinned: in even steps down from the last CPU. Up to half
   * of the CPUs, both hyperthreads of a core are taken.
   */
  static final Placement STEPPED = new Placement("stepped", Placement::stepped);

  @FunctionalInterface
  private interface Rule {
    List<Integer> cpus(Machine machine, int threads);
  }

  private final String name;
  private final Rule rule;

  private Placement(String name, Rule rule) {
    this.name = name;
    this.rule = rule;
  }

  /**
   * On these CPUs and in this order: the first for one thread, the first two for two.
   *
   * @param cpus numbers from 0, each at most once
   */
  public static Placement on(List<Integer> cpus) {
    List<Integer> fixed = List.copyOf(cpus);
    return new Placement(
        "explicit", (machine, threads) -> fixed.subList(0, Math.min(threads, fixed.size())));
  }

  private static List<Integer> cores(Machine machine, int threads, IntUnaryOperator core) {
    return IntStream.range(0, Math.min(threads, machine.cpus()))
        .map(
            thread ->
                thread / machine.cores() * machine.cores()
                    + core.applyAsInt(thread % machine.cores()))
        .boxed()
        .toList();
  }

  private static List<Integer> stepped(Machine machine, int threads) {
    int all = machine.cpus();
    int step = Math.max(2, all / threads);
    List<Integer> cpus = new ArrayList<>();
    for (int first = all - 1; cpus.size() < threads && first >= 0; first--) {
      for (int cpu = first; cpu >= 0 && cpus.size() < threads; cpu -= step) {
        cpus.add(cpu);
      }
    }
    return cpus;
  }

  /** The CPU of each thread, each CPU at most once. */
  List<Integer> cpus(Machine machine, int threads) {
    return rule.cpus(machine, threads);
  }

  /** What it is called: {@code compact}, {@code spread} or {@code explicit}. */
  @Override
  public String toString() {
    return name;
  }
}
