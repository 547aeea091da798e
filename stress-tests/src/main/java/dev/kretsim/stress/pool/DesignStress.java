package dev.kretsim.stress.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.kretsim.pool.InstancePool;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.pool.PoolDesigns;
import dev.kretsim.stress.TwoCpus;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A design of your own, which the system property {@code kretsim.pool} names: {@code java -cp
 * jcstress.jar:my-pool.jar org.openjdk.jcstress.Main -t DesignStress -jvmArgs -Dkretsim.pool=mine}.
 */
public class DesignStress {
  private static final PoolDesign DESIGN =
      PoolDesigns.named(System.getProperty("kretsim.pool", PoolDesigns.RING.name()))
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "-Dkretsim.pool must be one of " + PoolDesigns.names()));

  private static InstancePool pool(int capacity) {
    return Pools.of(DESIGN, capacity);
  }

  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "Each instance has one owner or is free.")
  @Outcome(expect = FORBIDDEN, desc = "An instance has two owners, or none and is not free.")
  @State
  public static class NoInstanceHasTwoOwners extends TwoCpus {
    public NoInstanceHasTwoOwners() {
      super(pool(3));
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
      super(pool(1));
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

  /** Again and again, until the pool runs empty. */
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "Each instance is free again, once.")
  @Outcome(expect = FORBIDDEN, desc = "Lost, free twice, or in two hands at once.")
  @State
  public static class NothingIsLostOrDoubled extends StormyPool {
    public NothingIsLostOrDoubled() {
      super(pool(3));
    }

    @Actor
    public void cpu0() {
      storm(0);
    }

    @Actor
    public void cpu1() {
      storm(1);
    }

    @Arbiter
    public void afterwards(L_Result result) {
      result.r1 = verdict();
    }
  }

  /** Of a design that says that it is exact; another is not asked. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Nobody missed: an instance was always free.")
  @Outcome(expect = FORBIDDEN, desc = "Missed although an instance was free.")
  @State
  public static class ItMissesOnlyWhenNothingIsFree extends OneEach {
    public ItMissesOnlyWhenNothingIsFree() {
      super(pool(2));
    }

    @Actor
    public void cpu0(II_Result result) {
      result.r1 = wrongMisses(0);
    }

    @Actor
    public void cpu1(II_Result result) {
      result.r2 = wrongMisses(1);
    }

    private int wrongMisses(int cpu) {
      int missed = misses(cpu);
      return DESIGN.exact() ? missed : 0;
    }
  }
}
