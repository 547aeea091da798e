package dev.kretsim.kernel.text;

import java.util.List;
import java.util.Set;

/**
 * Machine code of several functions that refer to each other: laid out at the start of a page, so
 * that all distances and page offsets are as they were linked.
 *
 * @param bytes from the first function to the end of the last datum
 * @param parts what is where in it
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, compared by nobody
public record CodeImage(byte[] bytes, List<Part> parts) {
  /**
   * A function or datum.
   *
   * @param offset from the start of the image
   * @param size in bytes
   */
  public record Part(String name, int offset, int size, Set<Symbol.Trait> traits) {}
}
