package dev.kretsim.stress.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.kretsim.pool.PoolDesigns;
import dev.kretsim.stress.TwoCpus;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Slots and rings that only their own CPU fills. {@code java -jar jcstress.jar -t RingPoolStress}.
 */
public class RingPoolStress {
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "Each instance has one owner or is free.")
  @Outcome(expect = FORBIDDEN, desc = "An instance has two owners, or none and is not free.")
  @State
  public static class NoInstanceHasTwoOwners extends TwoCpus {
    public NoInstanceHasTwoOwners() {
      super(Pools.of(PoolDesigns.RING, 3));
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

  @JCStressTest
  @Outcome(id = "-1", expect = ACCEPTABLE, desc = "Popped before the push: a miss.")
  @Outcome(id = "42", expect = ACCEPTABLE, desc = "Popped after it: the payload came along.")
  @Outcome(expect = FORBIDDEN, desc = "The instance arrived without its payload.")
  @State
  public static class PusherPublishesToTheNextPopper extends Handover {
    public PusherPublishesToTheNextPopper() {
      super(Pools.of(PoolDesigns.RING, 1));
    }

    @Actor
    public void returning() {
      write();
      push();
    }

    @Actor
    public void entering(I_Result result) {
      result.r1 = popAndRead();
    }
  }
}
