package dev.kretsim.pool;

import dev.kretsim.memory.Memory;
import java.util.List;

/** A form of a pool's lifetime, under one name for tests. */
record LifetimeUnderTest(String name, Form form) {
  /** What is asked of it. */
  interface Lifetime {
    boolean retire(int cpu);

    boolean drop();
  }

  @FunctionalInterface
  interface Form {
    Lifetime create(InstancePool pool, Memory.Factory memories, Runnable release);
  }

  static List<LifetimeUnderTest> all() {
    return List.of(
        new LifetimeUnderTest(
            "instances count",
            (pool, memories, release) ->
                new Shipped(PoolLifetime.ofInstances(pool, memories, release))),
        new LifetimeUnderTest(
            "instances and owner count",
            (pool, memories, release) ->
                new Shipped(PoolLifetime.ofInstancesAndOwner(pool, memories, release))));
  }

  private record Shipped(PoolLifetime lifetime) implements Lifetime {
    @Override
    public boolean retire(int cpu) {
      return lifetime.retire(cpu);
    }

    @Override
    public boolean drop() {
      return lifetime.drop();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
