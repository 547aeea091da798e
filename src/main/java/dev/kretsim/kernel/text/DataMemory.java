package dev.kretsim.kernel.text;

import dev.kretsim.arch.AddressSpace;
import dev.kretsim.arch.PageFaultException;

/**
 * An area of kernel memory: allocated piece by piece, never freed. CPUs may read and write it at
 * the same time, with no order among them but what their locks give.
 */
public final class DataMemory implements AddressSpace {
  private static final int ALIGNMENT = 16;
  private static final int FIRST_BYTES = 4096;

  private final long base;
  private volatile byte[] bytes = new byte[FIRST_BYTES];
  private int used;

  /**
   * @param base its first address
   */
  public DataMemory(long base) {
    this.base = base;
  }

  /**
   * Reserves zeroed memory; before CPUs use it.
   *
   * @param count how many bytes, at least 1
   * @return the address of the first; a multiple of 16
   */
  public long allocate(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("bytes must be >= 1: bytes=" + count);
    }
    int start = used;
    used += (count + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (used > bytes.length) {
      byte[] larger = new byte[Math.max(used, 2 * bytes.length)];
      System.arraycopy(bytes, 0, larger, 0, bytes.length);
      bytes = larger;
    }
    return base + start;
  }

  /**
   * {@return whether an address lies in what was allocated}
   *
   * @param address any
   */
  public boolean contains(long address) {
    return address >= base && address < base + used;
  }

  @Override
  public long read(long address, int count) {
    int start = indexOf(address, count, false);
    byte[] now = bytes;
    long value = 0;
    for (int i = count - 1; i >= 0; i--) {
      value = value << Byte.SIZE | (now[start + i] & 0xff);
    }
    return value;
  }

  @Override
  public void write(long address, int count, long value) {
    int start = indexOf(address, count, true);
    byte[] now = bytes;
    for (int i = 0; i < count; i++) {
      now[start + i] = (byte) (value >>> (i * Byte.SIZE));
    }
  }

  private int indexOf(long address, int count, boolean write) {
    if (address < base || address + count > base + used) {
      throw new PageFaultException(address, write);
    }
    return (int) (address - base);
  }
}
