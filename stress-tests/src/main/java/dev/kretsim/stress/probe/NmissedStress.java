package dev.kretsim.stress.probe;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.stress.pool.BothMiss;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * What is missed is counted: loosely where the kernel does so, and exactly beside. {@code java -jar
 * jcstress.jar -t NmissedStress}.
 */
public class NmissedStress {
  /** The kernel counts while it holds the pool's lock. */
  @JCStressTest
  @Outcome(id = "2 of 2", expect = ACCEPTABLE, desc = "Both counted.")
  @Outcome(expect = FORBIDDEN, desc = "An update is lost.")
  @State
  public static class ExactUnderTheLock extends BothMiss {
    public ExactUnderTheLock() {
      super(ProbeParts.of(KernelVersion.V5_10));
    }

    @Actor
    public void cpu0() {
      call(0);
    }

    @Actor
    public void cpu1() {
      call(1);
    }

    @Arbiter
    public void afterwards(L_Result result) {
      result.r1 = verdict();
    }
  }

  @JCStressTest
  @Outcome(id = "2 of 2", expect = ACCEPTABLE, desc = "Both counted.")
  @Outcome(
      id = "1 of 2",
      expect = ACCEPTABLE_INTERESTING,
      desc = "One update is lost, as in the kernel: read, add and write are apart.")
  @Outcome(expect = FORBIDDEN, desc = "The exact tally has lost one, or the counter more.")
  @State
  public static class LossyWithTheFreelist extends BothMiss {
    public LossyWithTheFreelist() {
      super(ProbeParts.of(KernelVersion.V6_1));
    }

    @Actor
    public void cpu0() {
      call(0);
    }

    @Actor
    public void cpu1() {
      call(1);
    }

    @Arbiter
    public void afterwards(L_Result result) {
      result.r1 = verdict();
    }
  }

  @JCStressTest
  @Outcome(id = "2 of 2", expect = ACCEPTABLE, desc = "Both counted.")
  @Outcome(
      id = "1 of 2",
      expect = ACCEPTABLE_INTERESTING,
      desc = "One update is lost, as in the kernel: read, add and write are apart.")
  @Outcome(expect = FORBIDDEN, desc = "The exact tally has lost one, or the counter more.")
  @State
  public static class LossyWithTheObjpool extends BothMiss {
    public LossyWithTheObjpool() {
      super(ProbeParts.of(KernelVersion.V6_12));
    }

    @Actor
    public void cpu0() {
      call(0);
    }

    @Actor
    public void cpu1() {
      call(1);
    }

    @Arbiter
    public void afterwards(L_Result result) {
      result.r1 = verdict();
    }
  }
}
