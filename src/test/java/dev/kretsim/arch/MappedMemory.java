package dev.kretsim.arch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Memory for tests: ranges that are mapped, whose bytes are zero or come from a pattern. */
public class MappedMemory implements AddressSpace {
  private record Range(long start, long end, boolean writable) {}

  private final List<Range> ranges = new ArrayList<>();
  private final Map<Long, Byte> changed = new HashMap<>();

  public MappedMemory map(long start, long bytes, boolean writable) {
    ranges.add(new Range(start, start + bytes, writable));
    return this;
  }

  /** Puts bytes somewhere, mapped or not, writable or not. */
  public void put(long address, byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      changed.put(address + i, bytes[i]);
    }
  }

  /** What a byte is as long as nothing was written there. */
  protected byte initial(long address) {
    return 0;
  }

  /** Every address that was put or written, with its byte. */
  public Map<Long, Byte> contents() {
    return Map.copyOf(changed);
  }

  @Override
  public long read(long address, int bytes) {
    check(address, bytes, false);
    long value = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      value = value << Byte.SIZE | byteAt(address + i) & 0xff;
    }
    return value;
  }

  @Override
  public void write(long address, int bytes, long value) {
    check(address, bytes, true);
    for (int i = 0; i < bytes; i++) {
      changed.put(address + i, (byte) (value >>> (Byte.SIZE * i)));
    }
  }

  private byte byteAt(long address) {
    Byte written = changed.get(address);
    return written == null ? initial(address) : written;
  }

  private void check(long address, int bytes, boolean write) {
    for (Range range : ranges) {
      if (address >= range.start && address + bytes <= range.end && (!write || range.writable)) {
        return;
      }
    }
    throw new PageFaultException(address, write);
  }
}
