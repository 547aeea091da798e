package dev.kretsim.workload.drive;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** What is to be done at given times; handled by CPU 0, between hits. */
public final class Agenda {
  /** One entry: a time in nanoseconds from the start, and what to do then, to whom. */
  public record Entry(long atNs, Consumer<Fleet> action) {}

  private final ArrayDeque<Entry> due = new ArrayDeque<>();

  /**
   * Makes an agenda.
   *
   * @param entries in any order; those of the same time are done in the order given
   */
  public Agenda(List<Entry> entries) {
    entries.stream().sorted(Comparator.comparingLong(Entry::atNs)).forEach(due::add);
  }

  /** Does what is due, and says when the next entry is: {@link CpuLoop#NEVER} if there is none. */
  long turn(long now, Fleet fleet) {
    while (!due.isEmpty() && due.element().atNs() <= now) {
      due.remove().action().accept(fleet);
    }
    return due.isEmpty() ? CpuLoop.NEVER : due.element().atNs();
  }
}
