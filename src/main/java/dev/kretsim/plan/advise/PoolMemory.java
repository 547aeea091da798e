package dev.kretsim.plan.advise;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.pool.ObjpoolDesign;

/**
 * The kernel memory behind one kretprobe's pool.
 *
 * <p>Kernels with the objpool allocate one area of whole pages for each possible CPU, with a ring
 * for all instances and the instances of that CPU's share. The others allocate each instance from
 * the kmalloc bucket it fits. Source: recordings of 5.10, 6.1 and 6.12.
 */
public final class PoolMemory {
  private static final int MOST = 1 << 30;
  private static final long PAGE = 4096;
  private static final long RING_HEAD = 16;
  private static final long WORD = 8;
  private static final long INSTANCE = 48;
  private static final long[] BUCKETS = {
    8, 16, 32, 64, 96, 128, 192, 256, 512, 1024, 2048, 4096, 8192
  };

  /** Buckets of arm64 are multiples of the largest cache line there is. */
  private static final long ARM64_LINE = 128;

  private final boolean rings;
  private final long bucketUnit;

  private PoolMemory(boolean rings, long bucketUnit) {
    this.rings = rings;
    this.bucketUnit = bucketUnit;
  }

  /** What pools of that kernel cost. */
  public static PoolMemory of(KernelVersion kernel, Arch arch) {
    return new PoolMemory(
        kernel.pool() instanceof ObjpoolDesign, arch == Arch.ARM64 ? ARM64_LINE : WORD);
  }

  /**
   * Bytes of one pool.
   *
   * @param maxactive instances, at least 1
   * @param dataSize the user's bytes in each instance, from 0 to 4096
   * @param possibleCpus CPUs that could ever come online, at least 1
   */
  public long bytes(int maxactive, int dataSize, int possibleCpus) {
    return rings
        ? ringBytes(maxactive, instanceBytes(dataSize), possibleCpus)
        : maxactive * bucket(instanceBytes(dataSize));
  }

  /** Whether a pool costs more on more CPUs. */
  boolean dependsOnCpus() {
    return rings;
  }

  /** The largest maxactive that costs no more than this one. */
  int sameUpTo(int maxactive, int dataSize, int possibleCpus) {
    long cost = bytes(maxactive, dataSize, possibleCpus);
    int same = maxactive;
    int more = 1;
    while (same + (long) more < MOST && bytes(same + more, dataSize, possibleCpus) <= cost) {
      same += more;
      more *= 2;
    }
    for (; more > 0; more /= 2) {
      if (same + (long) more < MOST && bytes(same + more, dataSize, possibleCpus) <= cost) {
        same += more;
      }
    }
    return same;
  }

  /** Bytes that one instance needs: header and data, whole words where they lie in a ring. */
  public long instanceBytes(int dataSize) {
    return rings ? roundUp(INSTANCE + dataSize, WORD) : INSTANCE + dataSize;
  }

  private static long ringBytes(int maxactive, long object, int possibleCpus) {
    long ring = RING_HEAD + WORD * roundUpToPowerOfTwo(maxactive);
    int share = maxactive / possibleCpus;
    int largerShares = maxactive % possibleCpus;
    return largerShares * roundUp(ring + object * (share + 1), PAGE)
        + (possibleCpus - largerShares) * roundUp(ring + object * share, PAGE);
  }

  private long bucket(long bytes) {
    for (long bucket : BUCKETS) {
      if (bucket >= bytes && bucket % bucketUnit == 0) {
        return bucket;
      }
    }
    throw new IllegalArgumentException("an instance must fit in 8192 bytes: bytes=" + bytes);
  }

  private static long roundUpToPowerOfTwo(int value) {
    return value == 1 ? 1 : 2L * Integer.highestOneBit(value - 1);
  }

  private static long roundUp(long value, long unit) {
    return (value + unit - 1) / unit * unit;
  }
}
