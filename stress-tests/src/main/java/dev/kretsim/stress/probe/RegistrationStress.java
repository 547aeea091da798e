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

/** Probes come and go under running hits. {@code java -jar jcstress.jar -t RegistrationStress}. */
public class RegistrationStress {
  @JCStressTest
  @Outcome(
      id = {"none", "the last", "all"},
      expect = ACCEPTABLE,
      desc = "From some moment on, calls are followed.")
  @Outcome(expect = FORBIDDEN, desc = "Followed and then let go, or a handler ran too early.")
  @State
  public static class HandlersFindTheirData extends RegisterRace {
    public HandlersFindTheirData() {
      super(ProbeParts.of(KernelVersion.V6_12));
    }

    @Actor
    public void calling() {
      callInTurn();
    }

    @Actor
    public void coming() {
      prepare();
      register();
    }

    @Arbiter
    public void afterwards(L_Result result) {
      result.r1 = verdict();
    }
  }

  /** Instances in per-CPU rings: the last one that comes back takes the pool along. */
  @JCStressTest
  @Outcome(id = "unprobed", expect = ACCEPTABLE, desc = "Called after the probe was gone.")
  @Outcome(id = "handled", expect = ACCEPTABLE, desc = "Returned before it was gone.")
  @Outcome(
      id = "orphaned",
      expect = ACCEPTABLE,
      desc = "Entered before, returned after: no handler.")
  @Outcome(expect = FORBIDDEN, desc = "A handler ran too late, or a law is broken.")
  @State
  public static class NoHandlerRunsAfterUnregistration extends UnregisterRace {
    public NoHandlerRunsAfterUnregistration() {
      super(ProbeParts.of(KernelVersion.V6_12));
    }

    @Actor
    public void calling() {
      callOnce();
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

  /** A lock-free list, and no rethooks yet. */
  @JCStressTest
  @Outcome(id = "unprobed", expect = ACCEPTABLE, desc = "Called after the probe was gone.")
  @Outcome(id = "handled", expect = ACCEPTABLE, desc = "Returned before it was gone.")
  @Outcome(
      id = "orphaned",
      expect = ACCEPTABLE,
      desc = "Entered before, returned after: no handler.")
  @Outcome(expect = FORBIDDEN, desc = "A handler ran too late, or a law is broken.")
  @State
  public static class NoHandlerRunsAfterUnregistrationOfAFreelist extends UnregisterRace {
    public NoHandlerRunsAfterUnregistrationOfAFreelist() {
      super(ProbeParts.of(KernelVersion.V5_14));
    }

    @Actor
    public void calling() {
      callOnce();
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

  /** Return handlers run under the lock of a bucket, which unregistration has to pass. */
  @JCStressTest
  @Outcome(id = "unprobed", expect = ACCEPTABLE, desc = "Called after the probe was gone.")
  @Outcome(id = "handled", expect = ACCEPTABLE, desc = "Returned before it was gone.")
  @Outcome(
      id = "orphaned",
      expect = ACCEPTABLE,
      desc = "Entered before, returned after: no handler.")
  @Outcome(expect = FORBIDDEN, desc = "A handler ran too late, or a law is broken.")
  @State
  public static class NoHandlerRunsAfterUnregistrationUnderBucketLocks extends UnregisterRace {
    public NoHandlerRunsAfterUnregistrationUnderBucketLocks() {
      super(ProbeParts.of(KernelVersion.V5_10));
    }

    @Actor
    public void calling() {
      callOnce();
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

  @JCStressTest
  @Outcome(
      id = {"all", "the first", "none"},
      expect = ACCEPTABLE,
      desc = "From some moment on, calls are let go.")
  @Outcome(expect = FORBIDDEN, desc = "Let go and then followed, or a law is broken.")
  @State
  public static class DisabledStaysDisabled extends DisableRace {
    public DisabledStaysDisabled() {
      super(ProbeParts.of(KernelVersion.V6_12));
    }

    @Actor
    public void calling() {
      callInTurn();
    }

    @Actor
    public void disabling() {
      disable();
    }

    @Arbiter
    public void afterwards(L_Result result) {
      result.r1 = verdict();
    }
  }

  @JCStressTest
  @Outcome(
      id = "followed",
      expect = ACCEPTABLE,
      desc = "Whatever it saw of the calls meanwhile, it sees the next.")
  @Outcome(expect = FORBIDDEN, desc = "The probe or an instance is lost.")
  @State
  public static class EnabledAgain extends DisableRace {
    public EnabledAgain() {
      super(ProbeParts.of(KernelVersion.V6_12));
    }

    @Actor
    public void calling() {
      callInTurn();
    }

    @Actor
    public void blinking() {
      disable();
      enable();
    }

    @Arbiter
    public void afterwards(L_Result result) {
      result.r1 = verdictOfAnotherCall();
    }
  }
}
