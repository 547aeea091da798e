package dev.kretsim.arch;

/** Emulated memory: little-endian, of 1 to 8 bytes at any byte address. */
public interface AddressSpace {
  /**
   * Reads a number, extended with zeros.
   *
   * @param address of the first byte
   * @param bytes 1, 2, 4 or 8
   * @return the number, in the machine's byte order (little-endian)
   * @throws PageFaultException if nothing is mapped there
   */
  long read(long address, int bytes);

  /**
   * Writes the low bytes of a number.
   *
   * @param address of the first byte
   * @param bytes 1, 2, 4 or 8
   * @param value its low {@code bytes} bytes are written
   * @throws PageFaultException if nothing is mapped there, or it cannot be written
   */
  void write(long address, int bytes, long value);

  /**
   * Reads the 64-bit word at {@code address}.
   *
   * @param address of the first byte
   * @return the word
   * @throws PageFaultException if nothing is mapped there
   */
  default long readWord(long address) {
    return read(address, Long.BYTES);
  }

  /**
   * Writes the 64-bit word at {@code address}.
   *
   * @param address of the first byte
   * @param value the word
   * @throws PageFaultException if nothing is mapped there, or it cannot be written
   */
  default void writeWord(long address, long value) {
    write(address, Long.BYTES, value);
  }
}
