package dev.kretsim.stress.twins;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.kretsim.stress.TwoCpus;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Twin of {@code NoInstanceHasTwoOwners}: a list without its lock. */
@JCStressTest
@Outcome(id = "whole", expect = ACCEPTABLE, desc = "The bug did not show this time.")
@Outcome(expect = FORBIDDEN, desc = "Caught: an instance has two owners, or none.")
@State
public class UnlockedStackTwin extends TwoCpus {
  public UnlockedStackTwin() {
    super(new UnlockedStack(3));
  }

  @Actor
  public void cpu0() {
    takeTwoAndSwapTheOlder(0);
  }

  @Actor
  public void cpu1() {
    takeTwoAndSwapTheOlder(1);
  }

  @Arbiter
  public void afterwards(L_Result result) {
    result.r1 = verdict();
  }
}
