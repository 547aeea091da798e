package dev.kretsim.memory.interleave;

/**
 * What an operation does after it was stopped: it goes on alone, finds at once what it waits for or
 * expects of an exchange, and everything that it writes is put back. Its methods return by
 * themselves then, which costs less than leaving them by an exception: compiled code leaves each of
 * them as slowly as it runs ten accesses.
 */
final class RunOut {
  private static final int MOST_ACCESSES = 24;

  private final Interleaving interleaving;
  private final int[] memories = new int[MOST_ACCESSES];
  private final int[] words = new int[MOST_ACCESSES];
  private final long[] values = new long[MOST_ACCESSES];
  private int count;
  private long read;

  RunOut(Interleaving interleaving) {
    this.interleaving = interleaving;
  }

  /** Makes an access for the time being; says no if that takes long by now. */
  boolean makes(Access.Kind kind, int memory, int word, long first, long second) {
    int at = count;
    if (at == MOST_ACCESSES) {
      return false;
    }
    long before = interleaving.value(memory, word);
    memories[at] = memory;
    words[at] = word;
    values[at] = before;
    count = at + 1;
    read =
        switch (kind) {
          case COMPARE_AND_EXCHANGE -> first;
          case AWAIT_EQUAL -> before & ~first | second;
          case AWAIT_NOT_EQUAL -> before == first ? before + 1 : before;
          default -> before;
        };
    interleaving.put(memory, word, kind.after(read, first, second));
    return true;
  }

  /** What the last access read. */
  long read() {
    return read;
  }

  /** All words are as they were, whatever came after. */
  void putBack() {
    while (count > 0) {
      count--;
      interleaving.put(memories[count], words[count], values[count]);
    }
  }
}
