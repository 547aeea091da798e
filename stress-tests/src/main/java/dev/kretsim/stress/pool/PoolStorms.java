package dev.kretsim.stress.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.kretsim.pool.PoolDesigns;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Nothing is lost or doubled in a storm. {@code java -jar jcstress.jar -t PoolStorms}. */
public class PoolStorms {
  /** Under the lock. */
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "Each instance is free again, once.")
  @Outcome(expect = FORBIDDEN, desc = "Lost, free twice, or in two hands at once.")
  @State
  public static class Hlist extends StormyPool {
    public Hlist() {
      super(Pools.of(PoolDesigns.HLIST, 3));
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

  /** Also where a push is left to another CPU to finish. */
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "Each instance is free again, once.")
  @Outcome(expect = FORBIDDEN, desc = "Lost, free twice, or in two hands at once.")
  @State
  public static class Freelist extends StormyPool {
    public Freelist() {
      super(Pools.of(PoolDesigns.FREELIST, 3));
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

  /** Also where one CPU takes from the ring that another pushes to. */
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "Each instance is free again, once.")
  @Outcome(expect = FORBIDDEN, desc = "Lost, free twice, or in two hands at once.")
  @State
  public static class Objpool extends StormyPool {
    public Objpool() {
      super(Pools.of(PoolDesigns.OBJPOOL, 3));
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

  /** Also where slots fill up and pushes go on to the ring. */
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "Each instance is free again, once.")
  @Outcome(expect = FORBIDDEN, desc = "Lost, free twice, or in two hands at once.")
  @State
  public static class Ring extends StormyPool {
    public Ring() {
      super(Pools.of(PoolDesigns.RING, 3));
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

  /** In the library's queue. */
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "Each instance is free again, once.")
  @Outcome(expect = FORBIDDEN, desc = "Lost, free twice, or in two hands at once.")
  @State
  public static class Mpmc extends StormyPool {
    public Mpmc() {
      super(Pools.of(PoolDesigns.MPMC, 3));
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
