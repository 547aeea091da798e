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

/** Lists that lose or double instances: twins of {@link dev.kretsim.stress.pool.PoolStorms}. */
public class ListTwins {
  private ListTwins() {}

  /** A node that was taken and came back looks as if it had never been away. */
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: lost, free twice, or in two hands at once.")
  @State
  public static class UntaggedStack extends StormyPool {
    /** The planted bug's name. */
    public static final String PLANTED = "stack without a tag";

    private static final Function<PoolSpec, InstancePool> POOL = TwinPools.of(PLANTED);

    public UntaggedStack() {
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

  /** Pushes and pops overlap. */
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: lost, free twice, or in two hands at once.")
  @State
  public static class UnlockedPush extends StormyPool {
    /** The planted bug's name. */
    public static final String PLANTED = "list whose push is outside the lock";

    private static final Function<PoolSpec, InstancePool> POOL = TwinPools.of(PLANTED);

    public UnlockedPush() {
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

  /** The last instance never comes out. */
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: lost, free twice, or in two hands at once.")
  @State
  public static class StingyList extends StormyPool {
    /** The planted bug's name. */
    public static final String PLANTED = "list that misses its last one";

    private static final Function<PoolSpec, InstancePool> POOL = TwinPools.of(PLANTED);

    public StingyList() {
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

  /** Whoever looked at a node that came back is to link it, and does not. */
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: lost, free twice, or in two hands at once.")
  @State
  public static class Debtless extends StormyPool {
    /** The planted bug's name. */
    public static final String PLANTED = "freelist that never pays its debt";

    private static final Function<PoolSpec, InstancePool> POOL = TwinPools.of(PLANTED);

    public Debtless() {
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

  /** A node that comes back looks as if somebody still looked at it. */
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: lost, free twice, or in two hands at once.")
  @State
  public static class ListedForEver extends StormyPool {
    /** The planted bug's name. */
    public static final String PLANTED = "freelist that keeps the list's reference";

    private static final Function<PoolSpec, InstancePool> POOL = TwinPools.of(PLANTED);

    public ListedForEver() {
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

  /** A reference to a node that is on no list protects nothing. */
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: lost, free twice, or in two hands at once.")
  @State
  public static class HoldsTaken extends StormyPool {
    /** The planted bug's name. */
    public static final String PLANTED = "freelist that holds what is taken";

    private static final Function<PoolSpec, InstancePool> POOL = TwinPools.of(PLANTED);

    public HoldsTaken() {
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

  /** The successor was read before the reference was taken. */
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: lost, free twice, or in two hands at once.")
  @State
  public static class Careless extends StormyPool {
    /** The planted bug's name. */
    public static final String PLANTED = "freelist whose peekers hold nothing";

    private static final Function<PoolSpec, InstancePool> POOL = TwinPools.of(PLANTED);

    public Careless() {
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
