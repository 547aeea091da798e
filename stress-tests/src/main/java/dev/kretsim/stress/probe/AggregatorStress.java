package dev.kretsim.stress.probe;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.kretsim.kernel.KernelVersion;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Several probes at one address, of which one comes or goes. {@code java -jar jcstress.jar -t
 * AggregatorStress}.
 */
public class AggregatorStress {
  @JCStressTest
  @Outcome(
      id = {"none", "the last", "all"},
      expect = ACCEPTABLE,
      desc = "The one that stays was called each time, the other from some moment on.")
  @Outcome(expect = FORBIDDEN, desc = "One was not called, or the other too early.")
  @State
  public static class AnotherComes extends SharedAddress {
    public AnotherComes() {
      super(ProbeParts.of(KernelVersion.V6_12), false);
    }

    @Actor
    public void running() {
      runInTurn();
    }

    @Actor
    public void coming() {
      add();
    }

    @Arbiter
    public void afterwards(L_Result result) {
      result.r1 = verdictOfComing();
    }
  }

  @JCStressTest
  @Outcome(
      id = {"all", "the first", "none"},
      expect = ACCEPTABLE,
      desc = "The one that stays was called each time, the other up to some moment.")
  @Outcome(expect = FORBIDDEN, desc = "One was not called, or the other too late.")
  @State
  public static class AnotherGoes extends SharedAddress {
    public AnotherGoes() {
      super(ProbeParts.of(KernelVersion.V6_12), true);
    }

    @Actor
    public void running() {
      runInTurn();
    }

    @Actor
    public void leaving() {
      remove();
    }

    @Arbiter
    public void afterwards(L_Result result) {
      result.r1 = verdictOfGoing();
    }
  }
}
