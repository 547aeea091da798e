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

/** Two kretprobes on one function. {@code java -jar jcstress.jar -t TwoKretprobesStress}. */
public class TwoKretprobesStress {
  @JCStressTest
  @Outcome(
      id = {"1 1", "1 2", "2 1", "2 2"},
      expect = ACCEPTABLE,
      desc = "Each probe followed one call at least: its instance was there.")
  @Outcome(expect = FORBIDDEN, desc = "A law is broken, or a call is neither followed nor missed.")
  @State
  public static class EachFollowsItsCalls extends BothCall {
    public EachFollowsItsCalls() {
      super(ProbeParts.of(KernelVersion.V6_12), 2);
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
  @Outcome(
      id = {"1 1", "1 2", "2 1", "2 2"},
      expect = ACCEPTABLE,
      desc = "Each probe followed one call at least: its instance was there.")
  @Outcome(expect = FORBIDDEN, desc = "A law is broken, or a call is neither followed nor missed.")
  @State
  public static class EachFollowsItsCallsWithoutRethooks extends BothCall {
    public EachFollowsItsCallsWithoutRethooks() {
      super(ProbeParts.of(KernelVersion.V5_14), 2);
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
  @Outcome(
      id = {"handled, unprobed", "handled, handled", "handled, orphaned"},
      expect = ACCEPTABLE,
      desc = "The one that stays has seen the whole call.")
  @Outcome(expect = FORBIDDEN, desc = "The call was lost to it, or a handler ran too late.")
  @State
  public static class TheOlderLeaves extends OneOfTwoLeaves {
    public TheOlderLeaves() {
      super(ProbeParts.of(KernelVersion.V6_12), true);
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
      id = {"handled, unprobed", "handled, handled", "handled, orphaned"},
      expect = ACCEPTABLE,
      desc = "The one that stays has seen the whole call.")
  @Outcome(expect = FORBIDDEN, desc = "The call was lost to it, or a handler ran too late.")
  @State
  public static class TheNewerLeaves extends OneOfTwoLeaves {
    public TheNewerLeaves() {
      super(ProbeParts.of(KernelVersion.V6_12), false);
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
}
