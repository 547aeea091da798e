package dev.kretsim.memory.explore;

import dev.kretsim.memory.interleave.Access;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is ordered before what by the memory model, whatever order the accesses were made in: vector
 * clocks over the steps of a schedule.
 *
 * <p>A read that acquires joins what was before the release that it reads from; a read-modify-write
 * does both. Opaque accesses order nothing. This is stricter than the fence that a
 * read-modify-write is: that it is one is left to the order of the steps, and data is published
 * only through the word that is read.
 *
 * <p>A plain access that is not ordered with an earlier one to the same word, of which either
 * writes, is a data race.
 */
final class HappensBefore {
  private static final int PLAIN_READ = 0;
  private static final int READ = 1;
  private static final int PLAIN_WRITE = 2;
  private static final int WRITE = 3;
  private static final int KINDS = 4;

  /** The last steps that touched a word, by kind and CPU, and the clock that its value carries. */
  private final class Word {
    private final int[][] last = new int[KINDS][clocks.length];
    private int @Nullable [] released;
  }

  private final int[][] clocks;
  private final Map<Long, Word> words = new HashMap<>();

  HappensBefore(int cpus) {
    clocks = new int[cpus][cpus];
  }

  /**
   * A CPU makes an access.
   *
   * @param step the number of the step, from 1 on
   * @param wrote whether it wrote: an exchange may find another value
   * @throws DataRaceException if it races with an earlier one
   */
  void access(int step, int cpu, Access access, boolean wrote) {
    Word word = words.computeIfAbsent(access.place(), place -> new Word());
    int[] clock = clocks[cpu];
    if (access.acquires() && word.released != null) {
      for (int other = 0; other < clock.length; other++) {
        clock[other] = Math.max(clock[other], word.released[other]);
      }
    }
    refuseRace(word, step, cpu, access, wrote);
    clock[cpu] = step;
    boolean plain = access.plain();
    if (access.reads()) {
      word.last[plain ? PLAIN_READ : READ][cpu] = step;
    }
    if (wrote) {
      word.last[plain ? PLAIN_WRITE : WRITE][cpu] = step;
      word.released = access.releases() ? clock.clone() : null;
    }
  }

  private void refuseRace(Word word, int step, int cpu, Access access, boolean wrote) {
    boolean plain = access.plain();
    for (int kind = wrote ? 0 : PLAIN_WRITE; kind < KINDS; kind++) {
      if (plain || kind == PLAIN_READ || kind == PLAIN_WRITE) {
        for (int other = 0; other < clocks.length; other++) {
          int earlier = word.last[kind][other];
          if (other != cpu && earlier > clocks[cpu][other]) {
            throw new DataRaceException(earlier, step);
          }
        }
      }
    }
  }
}
