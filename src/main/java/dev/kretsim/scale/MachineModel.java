package dev.kretsim.scale;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A machine of two sockets, by what a memory access costs on it, in nanoseconds.
 *
 * <p>Threads are placed one a core, the first socket first. Hyperthreads, clusters and line sizes
 * other than 64 bytes are left out, and so is any work but the pool's: compare pools by it, and do
 * not read its throughput as that of probes.
 */
public enum MachineModel {
  /**
   * Intel Xeon Platinum 8260, twice 24 cores. Transfers as published for a processor of the same
   * die; reads of a shared line are assumed; the occupancy was fitted to one measured point.
   */
  XEON_8260(24, 46.6, 134.1, 5, 20, 90, 20),
  /** Intel Xeon Platinum 8336C, twice 32 cores. Origins as above. */
  XEON_8336C(32, 51.3, 107.8, 5, 20, 90, 3);

  private static final double LOAD = 1;
  private static final double STORE = 0.5;

  private final int coresPerSocket;
  private final double transferNear;
  private final double transferFar;
  private final double atomic;
  private final double sharedReadNear;
  private final double sharedReadFar;
  private final double occupancy;

  MachineModel(
      int coresPerSocket,
      double transferNear,
      double transferFar,
      double atomic,
      double sharedReadNear,
      double sharedReadFar,
      double occupancy) {
    this.coresPerSocket = coresPerSocket;
    this.transferNear = transferNear;
    this.transferFar = transferFar;
    this.atomic = atomic;
    this.sharedReadNear = sharedReadNear;
    this.sharedReadFar = sharedReadFar;
    this.occupancy = occupancy;
  }

  /** The machine of that name, such as {@code xeon8260}. */
  public static Optional<MachineModel> of(String label) {
    return Arrays.stream(values()).filter(machine -> machine.label().equals(label)).findFirst();
  }

  /** All names, for messages. */
  public static String labels() {
    return Arrays.stream(values()).map(MachineModel::label).collect(Collectors.joining(", "));
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT).replace("_", "");
  }

  /** How many threads can run at once. */
  public int cores() {
    return 2 * coresPerSocket;
  }

  /** An access to a line that the core owns, or for a load shares. */
  double hit(boolean writes, boolean isAtomic) {
    if (isAtomic) {
      return atomic;
    }
    return writes ? STORE : LOAD;
  }

  /** Moving a line from the core that owns it. */
  double transfer(int from, int to) {
    return from / coresPerSocket == to / coresPerSocket ? transferNear : transferFar;
  }

  /** Reading a line that others share already. */
  double sharedRead(int from, int to) {
    return from / coresPerSocket == to / coresPerSocket ? sharedReadNear : sharedReadFar;
  }

  /** How long one request keeps a shared line busy before the next is served. */
  double occupancy() {
    return occupancy;
  }
}
