package dev.kretsim.stress.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.kretsim.pool.PoolDesigns;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Who misses, and whether that was right: counted are the misses of either actor, in scenes where
 * none is right. {@code java -jar jcstress.jar -t ExhaustionStress}.
 */
public class ExhaustionStress {
  /** The lock lets nobody see an instance on its way. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "One was free, and was found.")
  @Outcome(expect = FORBIDDEN, desc = "Missed, and one was free all the time.")
  @State
  public static class HlistIsExact extends OneEach {
    public HlistIsExact() {
      super(Pools.of(PoolDesigns.HLIST, 2));
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

  /** Two collects show whether anybody has pushed in between. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "One was free, and was found.")
  @Outcome(expect = FORBIDDEN, desc = "Missed, and one was free all the time.")
  @State
  public static class RingIsExact extends OneEach {
    public RingIsExact() {
      super(Pools.of(PoolDesigns.RING, 2));
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

  /** The move is what the second collect is for. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "One was free, and was found.")
  @Outcome(expect = FORBIDDEN, desc = "Missed, and one was free all the time.")
  @State
  public static class RingIsExactWhereInstancesMove extends MovedBehind {
    public RingIsExactWhereInstancesMove() {
      super(Pools.of(PoolDesigns.RING, 2, CPUS));
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

  /** The queue waits for a push that is under way. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "One was free, and was found.")
  @Outcome(expect = FORBIDDEN, desc = "Missed, and one was free all the time.")
  @State
  public static class MpmcIsExact extends OneEach {
    public MpmcIsExact() {
      super(Pools.of(PoolDesigns.MPMC, 2));
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

  /**
   * A node that somebody looks at is not linked by who pushes it. So the looker may find the list
   * empty, and the node is its own to link. That takes two pops of the other CPU, and the push
   * between them, within one pop of the looker. Each CPU pops twice: so one of the two misses,
   * once.
   */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "One was free, and was found.")
  @Outcome(
      id = {"1, 0", "0, 1"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "A push was left to who then missed: while it looked, the other took the rest.")
  @Outcome(expect = FORBIDDEN, desc = "More misses than the other's pops allow.")
  @State
  public static class FreelistMissesOnceAtMost extends OneEach {
    public FreelistMissesOnceAtMost() {
      super(Pools.of(PoolDesigns.FREELIST, 2));
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

  /**
   * Of two CPUs each looks at its own ring first, where only its own pushes get to: nothing gets
   * behind it.
   */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "One was free, and was found.")
  @Outcome(expect = FORBIDDEN, desc = "Missed, and one was free all the time.")
  @State
  public static class ObjpoolMissesNoneWithoutMoves extends OneEach {
    public ObjpoolMissesNoneWithoutMoves() {
      super(Pools.of(PoolDesigns.OBJPOOL, 2));
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

  /**
   * A miss takes a push to a ring already searched, and then a pop from one that is not yet. After
   * it the mover has pushed for the last time but once, and takes no more: the second search finds
   * what lies there. So one of the two searches misses. The mover itself always finds one: what it
   * has not taken yet lies in the ring that it starts from, unless CPU 0 has it, and then the other
   * instance lies in its way.
   */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "One was free, and was found.")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Both moved during one search, behind and before it.")
  @Outcome(expect = FORBIDDEN, desc = "More misses than there were moves to explain them.")
  @State
  public static class ObjpoolMissesOnceAtMost extends MovedBehind {
    public ObjpoolMissesOnceAtMost() {
      super(Pools.of(PoolDesigns.OBJPOOL, 2, CPUS));
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
