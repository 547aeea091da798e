package dev.kretsim.memory.interleave;

/**
 * One access of an operation to a word, announced or performed.
 *
 * @param memory which memory of its {@link Interleaving}, in the order of their creation
 * @param first what is written, added, expected or masked with
 * @param second what an exchange writes, or what a masked word has to be or becomes
 */
public record Access(Kind kind, int memory, int word, long first, long second) {
  /** What is done, and with which order. Those without an order in their names are fences. */
  public enum Kind {
    GET(true, false),
    GET_OPAQUE(true, false),
    GET_ACQUIRE(true, false),
    SET(false, true),
    SET_OPAQUE(false, true),
    SET_RELEASE(false, true),
    COMPARE_AND_EXCHANGE(true, true),
    GET_AND_ADD(true, true),
    GET_AND_SET(true, true),
    GET_AND_BITWISE_OR(true, true),
    GET_AND_SET_BITS(true, true),
    AWAIT_EQUAL(true, false),
    AWAIT_NOT_EQUAL(true, false),
    /** No access: an operation begins. */
    BEGIN(true, false),
    /** No access: an operation has ended. */
    END(false, true);

    private final boolean reads;
    private final boolean writes;

    Kind(boolean reads, boolean writes) {
      this.reads = reads;
      this.writes = writes;
    }

    public boolean writes() {
      return writes;
    }

    /** Reads and writes as one. */
    public boolean atomic() {
      return reads && writes;
    }

    /** Whether it is possible only once the word has some value. */
    public boolean waits() {
      return this == AWAIT_EQUAL || this == AWAIT_NOT_EQUAL;
    }

    /** As {@link Access#possible}, of an access with these values. */
    public boolean possible(long value, long first, long second) {
      return switch (this) {
        case AWAIT_EQUAL -> (value & first) == second;
        case AWAIT_NOT_EQUAL -> value != first;
        default -> true;
      };
    }

    /** What the word holds after the access, if it held {@code before}. */
    long after(long before, long first, long second) {
      return switch (this) {
        case SET, SET_OPAQUE, SET_RELEASE, GET_AND_SET -> first;
        case COMPARE_AND_EXCHANGE -> before == first ? second : before;
        case GET_AND_ADD -> before + first;
        case GET_AND_BITWISE_OR -> before | first;
        case GET_AND_SET_BITS -> before & ~first | second;
        default -> before;
      };
    }
  }

  private static final int NOWHERE = -1;

  public static final Access BEGINNING = new Access(Kind.BEGIN, NOWHERE, NOWHERE, 0, 0);
  public static final Access ENDING = new Access(Kind.END, NOWHERE, NOWHERE, 0, 0);

  public boolean reads() {
    return kind.reads;
  }

  public boolean writes() {
    return kind.writes;
  }

  /** Reads and writes as one. */
  public boolean atomic() {
    return kind.atomic();
  }

  public boolean plain() {
    return kind == Kind.GET || kind == Kind.SET;
  }

  public boolean acquires() {
    return atomic()
        || kind == Kind.GET_ACQUIRE
        || kind == Kind.AWAIT_EQUAL
        || kind == Kind.AWAIT_NOT_EQUAL;
  }

  public boolean releases() {
    return atomic() || kind == Kind.SET_RELEASE;
  }

  /** Whether it is an access at all, and neither a beginning nor an end. */
  public boolean touchesMemory() {
    return memory != NOWHERE;
  }

  /** The word among all words of all memories. */
  public long place() {
    return (long) memory << Integer.SIZE | word;
  }

  /**
   * Whether the order of the two matters: of accesses to one word, if either writes; of a beginning
   * and an end, always.
   */
  public boolean conflictsWith(Access other) {
    if (word != other.word || memory != other.memory) {
      return false;
    }
    return touchesMemory() ? kind.writes || other.kind.writes : kind != other.kind;
  }

  /** Whether it can be performed while the word is {@code value}: a wait only if it is over. */
  public boolean possible(long value) {
    return kind.possible(value, first, second);
  }
}
