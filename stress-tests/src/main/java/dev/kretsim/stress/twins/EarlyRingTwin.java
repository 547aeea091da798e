package dev.kretsim.stress.twins;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.kretsim.stress.TwoPoppers;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Twin of {@code NoInstanceHasTwoOwners}: a ring that announces before it writes. */
@JCStressTest
@Outcome(id = "whole", expect = ACCEPTABLE, desc = "The bug did not show this time.")
@Outcome(expect = FORBIDDEN, desc = "Caught: an instance has two owners, or none.")
@State
public class EarlyRingTwin extends TwoPoppers {
  private int heldByCpu0;
  private int heldByCpu1;

  public EarlyRingTwin() {
    super(new EarlyRing(2));
  }

  @Actor
  public void cpu0() {
    heldByCpu0 = takeGiveBackAndTake(0);
  }

  @Actor
  public void cpu1() {
    heldByCpu1 = takeGiveBackAndTake(1);
  }

  @Arbiter
  public void afterwards(L_Result result) {
    result.r1 = verdict(heldByCpu0, heldByCpu1);
  }
}
