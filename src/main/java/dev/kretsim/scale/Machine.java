package dev.kretsim.scale;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A machine by its cores and by what a memory access costs on it. All times are picoseconds.
 *
 * <p>CPUs are numbered as Linux does on such servers: first one of each core, socket after socket,
 * then the second hyperthread of each core in the same order.
 *
 * @param calibrated whether its numbers were held against a published contended throughput
 * @param pairedLines whether a miss also brings the other line of an aligned pair
 * @param linesAhead how many lines behind it in the same array a miss also brings
 * @param transfers to move an owned line between two cores, by {@link Level}
 * @param matrix the same for every pair of cores, or null: then the levels hold
 * @param occupancy for how long a read of a shared line keeps the next request waiting
 * @param smtKernel how much slower work is while the core's other hyperthread works too, on paths
 *     through the kernel; {@code smtTight} in a tight loop
 * @param snoop after which part of a transfer the old owner has lost the line
 * @param jitter transfers vary by this part up and down
 * @param origins one line for each number: name, value, where it comes from
 */
public record Machine(
    String name,
    boolean calibrated,
    int sockets,
    int coresPerSocket,
    int coresPerDie,
    int coresPerCluster,
    int smt,
    int lineBytes,
    boolean pairedLines,
    int linesAhead,
    List<Long> transfers,
    @Nullable List<List<Long>> matrix,
    long rmw,
    long load,
    long store,
    long sharedRead,
    long sharedReadFar,
    long occupancy,
    double smtKernel,
    double smtTight,
    double snoop,
    double jitter,
    List<String> origins) {

  /** How far apart two cores are. */
  public enum Level {
    SAME_CORE,
    SAME_CLUSTER,
    SAME_DIE,
    CROSS_DIE,
    CROSS_SOCKET
  }

  public int cores() {
    return sockets * coresPerSocket;
  }

  /** How many threads can run at once. */
  public int cpus() {
    return cores() * smt;
  }

  long farthestTransfer() {
    return (matrix == null ? Stream.of(transfers) : matrix.stream())
        .flatMap(List::stream)
        .mapToLong(Long::longValue)
        .max()
        .orElse(0);
  }

  /** Between two cores. */
  long nearestTransfer() {
    if (matrix == null) {
      return transfers.stream().skip(1).mapToLong(Long::longValue).min().orElse(0);
    }
    long least = Long.MAX_VALUE;
    for (int one = 0; one < matrix.size(); one++) {
      for (int other = 0; other < matrix.size(); other++) {
        least = one == other ? least : Math.min(least, matrix.get(one).get(other));
      }
    }
    return least;
  }

  /** The same machine if every transfer took as long: for showing that distances matter. */
  Machine withEqualTransfers() {
    Long[] equal = new Long[Level.values().length];
    Arrays.fill(equal, transfers.get(Level.SAME_DIE.ordinal()));
    equal[0] = transfers.get(0);
    return with(List.of(equal), null, occupancy, linesAhead);
  }

  /** The same machine if reads of a shared line took so long each. */
  Machine withOccupancy(long other) {
    return with(transfers, matrix, other, linesAhead);
  }

  /** The same machine if a miss brought no line that nobody had asked for, but the pair's. */
  Machine withoutLinesAhead() {
    return with(transfers, matrix, occupancy, 0);
  }

  private Machine with(
      List<Long> otherTransfers,
      @Nullable List<List<Long>> otherMatrix,
      long otherOccupancy,
      int otherLinesAhead) {
    return new Machine(
        name,
        calibrated,
        sockets,
        coresPerSocket,
        coresPerDie,
        coresPerCluster,
        smt,
        lineBytes,
        pairedLines,
        otherLinesAhead,
        otherTransfers,
        otherMatrix,
        rmw,
        load,
        store,
        sharedRead,
        sharedReadFar,
        otherOccupancy,
        smtKernel,
        smtTight,
        snoop,
        jitter,
        origins);
  }
}
