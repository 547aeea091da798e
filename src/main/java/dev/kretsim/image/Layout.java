package dev.kretsim.image;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What lies where in memory once an image is loaded. */
final class Layout {
  /** Either in the file at an offset, or what was made of it. */
  private record Stretch(long size, long offset, byte @Nullable [] bytes) {}

  private final ImageFile file;
  private final TreeMap<Long, Stretch> stretches = new TreeMap<>(Long::compareUnsigned);

  Layout(ImageFile file) {
    this.file = file;
  }

  /** As it is in the file; what the file has not is not there. */
  void add(long address, long offset, long size) {
    long there = offset < 0 ? 0 : Math.min(size, file.size() - offset);
    if (there > 0 && address + there != 0) {
      stretches.put(address, new Stretch(there, offset, null));
    }
  }

  void add(long address, byte[] bytes) {
    if (bytes.length > 0) {
      stretches.put(address, new Stretch(bytes.length, 0, bytes));
    }
  }

  /** How many bytes there are from an address on, without a gap in the file. */
  long extent(long address) {
    Map.Entry<Long, Stretch> below = stretches.floorEntry(address);
    if (below == null) {
      return 0;
    }
    long skipped = address - below.getKey();
    long size = below.getValue().size();
    return skipped >= 0 && skipped < size ? size - skipped : 0;
  }

  /** The bytes from an address on: as many as there are, and at most so many. */
  byte[] read(long address, long most) {
    Map.Entry<Long, Stretch> below = stretches.floorEntry(address);
    long count = Math.min(extent(address), most);
    if (below == null || count <= 0) {
      return new byte[0];
    }
    Stretch stretch = below.getValue();
    long skipped = address - below.getKey();
    byte[] own = stretch.bytes();
    return own == null
        ? file.read(stretch.offset() + skipped, count, "memory at 0x" + Long.toHexString(address))
        : Arrays.copyOfRange(own, (int) skipped, (int) (skipped + count));
  }
}
