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
 * A task dies inside a call, while the kretprobe is unregistered. {@code java -jar jcstress.jar -t
 * TaskExitStress}.
 */
public class TaskExitStress {
  /** Kernels up to 5.14. */
  @JCStressTest
  @Outcome(id = "unprobed", expect = ACCEPTABLE, desc = "Called after the probe was gone.")
  @Outcome(id = "flushed", expect = ACCEPTABLE, desc = "Died while the probe was there.")
  @Outcome(id = "orphaned", expect = ACCEPTABLE, desc = "Died after it was gone.")
  @Outcome(expect = FORBIDDEN, desc = "An instance is lost, or freed twice.")
  @State
  public static class GivesBackAtOnce extends UnregisterRace {
    public GivesBackAtOnce() {
      super(ProbeParts.of(KernelVersion.V5_14));
    }

    @Actor
    public void dying() {
      dieInside();
    }

    @Actor
    public void leaving() {
      unregister();
    }

    @Arbiter
    public void afterwards(L_Result result) {
      result.r1 = verdict();
    }
  }

  /** With the last reference to the task; it may be the unregistering CPU's grace period. */
  @JCStressTest
  @Outcome(id = "unprobed", expect = ACCEPTABLE, desc = "Called after the probe was gone.")
  @Outcome(id = "flushed", expect = ACCEPTABLE, desc = "Died while the probe was there.")
  @Outcome(id = "orphaned", expect = ACCEPTABLE, desc = "Died after it was gone.")
  @Outcome(expect = FORBIDDEN, desc = "An instance is lost, or freed twice.")
  @State
  public static class GivesBackAfterAGracePeriod extends UnregisterRace {
    public GivesBackAfterAGracePeriod() {
      super(ProbeParts.of(KernelVersion.V6_12));
    }

    @Actor
    public void dying() {
      dieInside();
    }

    @Actor
    public void leaving() {
      unregister();
    }

    @Arbiter
    public void afterwards(L_Result result) {
      result.r1 = verdict();
    }
  }
}
