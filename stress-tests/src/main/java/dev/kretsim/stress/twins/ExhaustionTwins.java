package dev.kretsim.stress.twins;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.kretsim.pool.InstancePool;
import dev.kretsim.pool.PoolSpec;
import dev.kretsim.pool.TwinPools;
import dev.kretsim.stress.pool.MovedBehind;
import dev.kretsim.stress.pool.OneEach;
import dev.kretsim.stress.pool.Pools;
import java.util.function.Function;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Pools that miss with an instance to spare: twins of {@link
 * dev.kretsim.stress.pool.ExhaustionStress}.
 */
public class ExhaustionTwins {
  private ExhaustionTwins() {}

  /** Whoever finds the lock taken goes away. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: missed, and one was free all the time.")
  @State
  public static class Impatient extends OneEach {
    /** The planted bug's name. */
    public static final String PLANTED = "list that misses when the lock is taken";

    private static final Function<PoolSpec, InstancePool> POOL = TwinPools.of(PLANTED);

    public Impatient() {
      super(POOL.apply(Pools.spec(2)));
    }

    @Actor
    public void cpu0(II_Result result) {
      result.r1 = misses(0);
    }

    @Actor
    public void cpu1(II_Result result) {
      result.r2 = misses(1);
    }
  }

  /** More misses than a search for one instance allows. */
  @JCStressTest
  @Outcome(
      id = {"0, 0", "1, 0", "0, 1"},
      expect = ACCEPTABLE,
      desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: more misses than the other's pops allow.")
  @State
  public static class Faint extends OneEach {
    /** The planted bug's name. */
    public static final String PLANTED = "freelist that gives up a lost race";

    private static final Function<PoolSpec, InstancePool> POOL = TwinPools.of(PLANTED);

    public Faint() {
      super(POOL.apply(Pools.spec(2)));
    }

    @Actor
    public void cpu0(II_Result result) {
      result.r1 = misses(0);
    }

    @Actor
    public void cpu1(II_Result result) {
      result.r2 = misses(1);
    }
  }

  /** What was pushed behind the search is not looked for. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: missed, and one was free all the time.")
  @State
  public static class CollectsOnce extends MovedBehind {
    /** The planted bug's name. */
    public static final String PLANTED = "owned rings collected once";

    private static final Function<PoolSpec, InstancePool> POOL = TwinPools.of(PLANTED);

    public CollectsOnce() {
      super(POOL.apply(Pools.spec(2, CPUS)));
    }

    @Actor
    public void searcher(II_Result result) {
      result.r1 = missesOfTheSearcher();
    }

    @Actor
    public void mover(II_Result result) {
      result.r2 = missesOfTheMover();
    }
  }

  /** Nothing is broken but the claim: the judge must see that it is wrong. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: missed, and one was free all the time.")
  @State
  public static class TakenForExact extends MovedBehind {
    /** The planted bug's name. */
    public static final String PLANTED = "objpool taken for exact";

    private static final Function<PoolSpec, InstancePool> POOL = TwinPools.of(PLANTED);

    public TakenForExact() {
      super(POOL.apply(Pools.spec(2, CPUS)));
    }

    @Actor
    public void searcher(II_Result result) {
      result.r1 = missesOfTheSearcher();
    }

    @Actor
    public void mover(II_Result result) {
      result.r2 = missesOfTheMover();
    }
  }
}
