package dev.kretsim.stress.lock;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.kretsim.lock.LockDesigns;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Raw spinlocks: one CPU inside at a time, and what it leaves behind is there for the next. {@code
 * java -jar jcstress.jar -t SpinLockStress}.
 *
 * <p>Two CPUs reach the pending bit of the queued lock, and not its queue: whoever waits behind
 * another waiter is the explorer's to look at.
 */
public class SpinLockStress {
  /** Test and set: two CPUs that wait for each other. */
  @JCStressTest
  @Outcome(id = "6", expect = ACCEPTABLE, desc = "Each saw what the one before it had counted.")
  @Outcome(expect = FORBIDDEN, desc = "Two were inside at once, or saw an old count.")
  @State
  public static class TestAndSetLetsOneIn extends LockedCounter {
    public TestAndSetLetsOneIn() {
      super(LockDesigns.TAS::create);
    }

    @Actor
    public void cpu0() {
      count(0);
    }

    @Actor
    public void cpu1() {
      count(1);
    }

    @Arbiter
    public void afterwards(I_Result result) {
      result.r1 = counted();
    }
  }

  /** Test and set: two CPUs that try once. Whoever comes first gets in. */
  @JCStressTest
  @Outcome(
      id = {"1, 0, 1", "0, 1, 1"},
      expect = ACCEPTABLE,
      desc = "One got in, and the other came meanwhile.")
  @Outcome(id = "1, 1, 2", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(expect = FORBIDDEN, desc = "Both at once, or neither.")
  @State
  public static class TestAndSetIsTriedFor extends LockedCounter {
    public TestAndSetIsTriedFor() {
      super(LockDesigns.TAS::create);
    }

    @Actor
    public void cpu0(III_Result result) {
      result.r1 = tryToCount(0);
    }

    @Actor
    public void cpu1(III_Result result) {
      result.r2 = tryToCount(1);
    }

    @Arbiter
    public void afterwards(III_Result result) {
      result.r3 = counted();
    }
  }

  /** Test and set: one CPU waits, the other tries. */
  @JCStressTest
  @Outcome(
      id = "0, 3",
      expect = ACCEPTABLE,
      desc = "The one that waits was inside, or in front of the door.")
  @Outcome(id = "1, 4", expect = ACCEPTABLE, desc = "Found free.")
  @Outcome(expect = FORBIDDEN, desc = "Two were inside at once.")
  @State
  public static class TestAndSetIsTriedForBetweenWaits extends LockedCounter {
    public TestAndSetIsTriedForBetweenWaits() {
      super(LockDesigns.TAS::create);
    }

    @Actor
    public void waiting() {
      count(0);
    }

    @Actor
    public void trying(II_Result result) {
      result.r1 = tryToCount(1);
    }

    @Arbiter
    public void afterwards(II_Result result) {
      result.r2 = counted();
    }
  }

  /** Tickets: two CPUs that wait for each other. */
  @JCStressTest
  @Outcome(id = "6", expect = ACCEPTABLE, desc = "Each saw what the one before it had counted.")
  @Outcome(expect = FORBIDDEN, desc = "Two were inside at once, or saw an old count.")
  @State
  public static class TicketLetsOneIn extends LockedCounter {
    public TicketLetsOneIn() {
      super(LockDesigns.TICKET::create);
    }

    @Actor
    public void cpu0() {
      count(0);
    }

    @Actor
    public void cpu1() {
      count(1);
    }

    @Arbiter
    public void afterwards(I_Result result) {
      result.r1 = counted();
    }
  }

  /** Tickets: two CPUs that try once. Whoever comes first gets in. */
  @JCStressTest
  @Outcome(
      id = {"1, 0, 1", "0, 1, 1"},
      expect = ACCEPTABLE,
      desc = "One got in, and the other came meanwhile.")
  @Outcome(id = "1, 1, 2", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(expect = FORBIDDEN, desc = "Both at once, or neither.")
  @State
  public static class TicketIsTriedFor extends LockedCounter {
    public TicketIsTriedFor() {
      super(LockDesigns.TICKET::create);
    }

    @Actor
    public void cpu0(III_Result result) {
      result.r1 = tryToCount(0);
    }

    @Actor
    public void cpu1(III_Result result) {
      result.r2 = tryToCount(1);
    }

    @Arbiter
    public void afterwards(III_Result result) {
      result.r3 = counted();
    }
  }

  /** Tickets: one CPU waits, the other tries. */
  @JCStressTest
  @Outcome(
      id = "0, 3",
      expect = ACCEPTABLE,
      desc = "The one that waits was inside, or in front of the door.")
  @Outcome(id = "1, 4", expect = ACCEPTABLE, desc = "Found free.")
  @Outcome(expect = FORBIDDEN, desc = "Two were inside at once.")
  @State
  public static class TicketIsTriedForBetweenWaits extends LockedCounter {
    public TicketIsTriedForBetweenWaits() {
      super(LockDesigns.TICKET::create);
    }

    @Actor
    public void waiting() {
      count(0);
    }

    @Actor
    public void trying(II_Result result) {
      result.r1 = tryToCount(1);
    }

    @Arbiter
    public void afterwards(II_Result result) {
      result.r2 = counted();
    }
  }

  /** The queued lock: two CPUs that wait for each other. */
  @JCStressTest
  @Outcome(id = "6", expect = ACCEPTABLE, desc = "Each saw what the one before it had counted.")
  @Outcome(expect = FORBIDDEN, desc = "Two were inside at once, or saw an old count.")
  @State
  public static class QueuedLetsOneIn extends LockedCounter {
    public QueuedLetsOneIn() {
      super(LockDesigns.QUEUED::create);
    }

    @Actor
    public void cpu0() {
      count(0);
    }

    @Actor
    public void cpu1() {
      count(1);
    }

    @Arbiter
    public void afterwards(I_Result result) {
      result.r1 = counted();
    }
  }

  /** The queued lock: two CPUs that try once. Whoever comes first gets in. */
  @JCStressTest
  @Outcome(
      id = {"1, 0, 1", "0, 1, 1"},
      expect = ACCEPTABLE,
      desc = "One got in, and the other came meanwhile.")
  @Outcome(id = "1, 1, 2", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(expect = FORBIDDEN, desc = "Both at once, or neither.")
  @State
  public static class QueuedIsTriedFor extends LockedCounter {
    public QueuedIsTriedFor() {
      super(LockDesigns.QUEUED::create);
    }

    @Actor
    public void cpu0(III_Result result) {
      result.r1 = tryToCount(0);
    }

    @Actor
    public void cpu1(III_Result result) {
      result.r2 = tryToCount(1);
    }

    @Arbiter
    public void afterwards(III_Result result) {
      result.r3 = counted();
    }
  }

  /** The queued lock: one CPU waits, the other tries. */
  @JCStressTest
  @Outcome(
      id = "0, 3",
      expect = ACCEPTABLE,
      desc = "The one that waits was inside, or in front of the door.")
  @Outcome(id = "1, 4", expect = ACCEPTABLE, desc = "Found free.")
  @Outcome(expect = FORBIDDEN, desc = "Two were inside at once.")
  @State
  public static class QueuedIsTriedForBetweenWaits extends LockedCounter {
    public QueuedIsTriedForBetweenWaits() {
      super(LockDesigns.QUEUED::create);
    }

    @Actor
    public void waiting() {
      count(0);
    }

    @Actor
    public void trying(II_Result result) {
      result.r1 = tryToCount(1);
    }

    @Arbiter
    public void afterwards(II_Result result) {
      result.r2 = counted();
    }
  }
}
