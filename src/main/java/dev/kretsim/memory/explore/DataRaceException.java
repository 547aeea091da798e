package dev.kretsim.memory.explore;

/** Two accesses to a word, of which one is plain and one writes, and nothing orders them. */
final class DataRaceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DataRaceException(int earlier, int later) {
    super("data race: nothing orders step %d before step %d".formatted(earlier, later));
  }
}
