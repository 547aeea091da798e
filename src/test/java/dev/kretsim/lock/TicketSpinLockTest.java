package dev.kretsim.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.memory.Layout;
import dev.kretsim.memory.interleave.Interleaving;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is particular to tickets: they repeat after 2^16 of them. */
class TicketSpinLockTest {
  private static final int TICKETS = 1 << 16;

  private final Interleaving interleaving = new Interleaving();
  private final Layout layout = new Layout();
  private final int word = layout.reserve(RawSpinLock.WORDS);
  private final RawSpinLock lock =
      LockDesigns.TICKET.create(
          interleaving.create(layout), word, new CpuContexts(2, interleaving));

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aTryLockIsNotFooledByATicketThatComesRoundAfterAnyOfItsReads(int reads) {
    Interleaving.Strand slow = interleaving.start(() -> lock.tryLock(1) ? 1 : 0);
    for (int read = 0; read < reads; read++) {
      slow.step();
    }
    for (int turn = 0; turn < TICKETS; turn++) {
      lock.lock(0);
      if (turn < TICKETS - 1) {
        lock.unlock(0);
      }
    }
    while (!slow.finished()) {
      slow.step();
    }
    assertThat(slow.result()).as("taken while held").isZero();
  }

  @Test
  void aTryLockTakesTheFreeLockBeforeAndAfterTicketsRepeat() {
    for (int turn = 0; turn < TICKETS + 2; turn++) {
      assertThat(lock.tryLock(0)).as("turn %d", turn).isTrue();
      lock.unlock(0);
    }
  }
}
