package dev.kretsim.arch;

import java.util.ArrayList;
import java.util.List;

/** Stretches of memory for code to run in; everything else faults. */
public final class FlatMemory implements AddressSpace {
  private record Stretch(long start, byte[] bytes, boolean writable) {
    boolean contains(long address, int count) {
      long offset = address - start;
      return offset >= 0 && offset <= bytes.length - count;
    }
  }

  private final List<Stretch> stretches = new ArrayList<>();

  /** Maps bytes, which stay the caller's to look at. */
  public FlatMemory map(long start, byte[] bytes) {
    stretches.add(new Stretch(start, bytes, true));
    return this;
  }

  public FlatMemory mapReadOnly(long start, byte[] bytes) {
    stretches.add(new Stretch(start, bytes, false));
    return this;
  }

  @Override
  public long read(long address, int count) {
    Stretch stretch = find(address, count, false);
    long value = 0;
    for (int i = count - 1; i >= 0; i--) {
      value = value << 8 | stretch.bytes()[(int) (address - stretch.start()) + i] & 0xff;
    }
    return value;
  }

  @Override
  public void write(long address, int count, long value) {
    Stretch stretch = find(address, count, true);
    for (int i = 0; i < count; i++) {
      stretch.bytes()[(int) (address - stretch.start()) + i] = (byte) (value >>> (8 * i));
    }
  }

  private Stretch find(long address, int count, boolean write) {
    return stretches.stream()
        .filter(stretch -> stretch.contains(address, count) && (!write || stretch.writable()))
        .findFirst()
        .orElseThrow(() -> new PageFaultException(address, write));
  }
}
