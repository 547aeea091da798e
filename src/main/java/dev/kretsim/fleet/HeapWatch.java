package dev.kretsim.fleet;

import java.util.function.LongSupplier;

/**
 * Keeps the heap small while many hosts are planned. Of each little is kept, and much is thrown
 * away: where a machine has plenty of memory, Java would rather take some GB than tidy up. Once the
 * heap is large it is tidied, which makes it as small as what is kept needs. The hosts between two
 * times take far longer than that.
 */
final class HeapWatch {
  /** Bytes. */
  static final long LARGE = 512L << 20;

  static final int FEWEST_HOSTS = 500;

  private final LongSupplier size;
  private final Runnable tidy;
  private int hosts;

  /**
   * @param size of the heap now, in bytes
   * @param tidy makes it smaller, if that can be
   */
  HeapWatch(LongSupplier size, Runnable tidy) {
    this.size = size;
    this.tidy = tidy;
  }

  /** The heap of this program. */
  static HeapWatch ofThisProgram() {
    return new HeapWatch(Runtime.getRuntime()::totalMemory, System::gc);
  }

  /** One more host is done. */
  synchronized void hostDone() {
    hosts++;
    if (hosts >= FEWEST_HOSTS && size.getAsLong() > LARGE) {
      hosts = 0;
      tidy.run();
    }
  }
}
