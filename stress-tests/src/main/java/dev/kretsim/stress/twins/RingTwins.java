package dev.kretsim.stress.twins;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.kretsim.pool.InstancePool;
import dev.kretsim.pool.PoolSpec;
import dev.kretsim.pool.TwinPools;
import dev.kretsim.stress.pool.Pools;
import dev.kretsim.stress.pool.StormyPool;
import java.util.function.Function;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Rings that lose or double instances: twins of {@link dev.kretsim.stress.pool.PoolStorms}. */
public class RingTwins {
  private RingTwins() {}

  /** Poppers read an entry before it is there. */
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: lost, free twice, or in two hands at once.")
  @State
  public static class EarlyRing extends StormyPool {
    /** The planted bug's name. */
    public static final String PLANTED = "ring that publishes before it writes";

    private static final Function<PoolSpec, InstancePool> POOL = TwinPools.of(PLANTED);

    public EarlyRing() {
      super(POOL.apply(Pools.spec(3)));
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

  /** Two pop the same. */
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: lost, free twice, or in two hands at once.")
  @State
  public static class UnfencedRing extends StormyPool {
    /** The planted bug's name. */
    public static final String PLANTED = "ring that takes without an exchange";

    private static final Function<PoolSpec, InstancePool> POOL = TwinPools.of(PLANTED);

    public UnfencedRing() {
      super(POOL.apply(Pools.spec(3)));
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

  /** Poppers read an entry before it is there. */
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: lost, free twice, or in two hands at once.")
  @State
  public static class LastFirst extends StormyPool {
    /** The planted bug's name. */
    public static final String PLANTED = "objpool that stores last first";

    private static final Function<PoolSpec, InstancePool> POOL = TwinPools.of(PLANTED);

    public LastFirst() {
      super(POOL.apply(Pools.spec(3)));
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

  /** Two push at once, and what was published last may not be there yet. */
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: lost, free twice, or in two hands at once.")
  @State
  public static class SharedRing extends StormyPool {
    /** The planted bug's name. */
    public static final String PLANTED = "objpool that all push to";

    private static final Function<PoolSpec, InstancePool> POOL = TwinPools.of(PLANTED);

    public SharedRing() {
      super(POOL.apply(Pools.spec(3)));
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

  /** The head has overtaken what was read first. */
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: lost, free twice, or in two hands at once.")
  @State
  public static class StaleLast extends StormyPool {
    /** The planted bug's name. */
    public static final String PLANTED = "objpool without a second look";

    private static final Function<PoolSpec, InstancePool> POOL = TwinPools.of(PLANTED);

    public StaleLast() {
      super(POOL.apply(Pools.spec(3)));
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

  /** The entry is overwritten before it is read. */
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: lost, free twice, or in two hands at once.")
  @State
  public static class EntryLast extends StormyPool {
    /** The planted bug's name. */
    public static final String PLANTED = "objpool that reads an entry given up";

    private static final Function<PoolSpec, InstancePool> POOL = TwinPools.of(PLANTED);

    public EntryLast() {
      super(POOL.apply(Pools.spec(3)));
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

  /** Poppers read an entry before it is there. */
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: lost, free twice, or in two hands at once.")
  @State
  public static class PublishesEarly extends StormyPool {
    /** The planted bug's name. */
    public static final String PLANTED = "owned ring that publishes early";

    private static final Function<PoolSpec, InstancePool> POOL = TwinPools.of(PLANTED);

    public PublishesEarly() {
      super(POOL.apply(Pools.spec(3)));
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

  /** Two pop the same. */
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: lost, free twice, or in two hands at once.")
  @State
  public static class StoresHead extends StormyPool {
    /** The planted bug's name. */
    public static final String PLANTED = "owned ring that stores its head";

    private static final Function<PoolSpec, InstancePool> POOL = TwinPools.of(PLANTED);

    public StoresHead() {
      super(POOL.apply(Pools.spec(3)));
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
}
