package dev.kretsim.arch;

/** Emulated memory: little-endian, of 1 to 8 bytes at any byte address. */
public interface AddressSpace {
  /**
   * Reads a number, extended with zeros.
   *
   * @param bytes 1, 2, 4 or 8
   * @throws PageFaultException if nothing is mapped there
   */
  long read(long address, int bytes);

  /**
   * Writes the low bytes of a number.
   *
   * @param bytes 1, 2, 4 or 8
   * @throws PageFaultException if nothing is mapped there, or it cannot be written
   */
  void write(long address, int bytes, long value);

  /** Reads the 64-bit word at {@code address}. */
  default long readWord(long address) {
    return read(address, Long.BYTES);
  }

  /** Writes the 64-bit word at {@code address}. */
  default void writeWord(long address, long value) {
    write(address, Long.BYTES, value);
  }
}
