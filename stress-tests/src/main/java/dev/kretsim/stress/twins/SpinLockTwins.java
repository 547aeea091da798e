package dev.kretsim.stress.twins;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.kretsim.lock.TwinLocks;
import dev.kretsim.stress.lock.LockedCounter;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Locks that let two in: twins of {@link dev.kretsim.stress.lock.SpinLockStress}. */
public class SpinLockTwins {
  private SpinLockTwins() {}

  /** Two find it free before either takes it. */
  @JCStressTest
  @Outcome(id = "6", expect = ACCEPTABLE, desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: two were inside at once.")
  @State
  public static class TestThenSet extends LockedCounter {
    /** The planted bug's name. */
    public static final String PLANTED = "lock that tests, then sets";

    private static final TwinLocks.Form LOCK = TwinLocks.of(PLANTED);

    public TestThenSet() {
      super(LOCK::create);
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

  /** Two find the tickets equal, and both draw one. */
  @JCStressTest
  @Outcome(
      id = {"1, 0, 1", "0, 1, 1", "1, 1, 2"},
      expect = ACCEPTABLE,
      desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: two were inside at once.")
  @State
  public static class HastyTicket extends LockedCounter {
    /** The planted bug's name. */
    public static final String PLANTED = "try-lock that looks at the tickets once only";

    private static final TwinLocks.Form LOCK = TwinLocks.of(PLANTED);

    public HastyTicket() {
      super(LOCK::create);
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
}
