package dev.kretsim.arch;

/** Emulated memory, read and written in 64-bit words at byte addresses that are multiples of 8. */
public interface AddressSpace {
  /** Reads the word at {@code address}. */
  long readWord(long address);

  /** Writes the word at {@code address}. */
  void writeWord(long address, long value);
}
