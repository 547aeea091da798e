package dev.kretsim.memory.interleave;

/** Leaves an operation at an access. Preallocated, without a stack: it is no error. */
final class Unwind extends RuntimeException {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("StaticAssignmentOfThrowable") // thrown at every access, and no error
  static final Unwind INSTANCE = new Unwind();

  private Unwind() {
    super(null, null, false, false);
  }
}
