package dev.kretsim.pool;

/** A LIFO list under a raw spinlock: kernels up to 5.10. */
public record HlistDesign() implements PoolDesign {
  @Override
  public String name() {
    return "hlist";
  }

  @Override
  public InstancePool create(PoolSpec spec) {
    return new HlistPool(spec);
  }

  @Override
  public int maxCapacity(int cpus) {
    return HlistPool.MAX_CAPACITY;
  }

  @Override
  public Order order() {
    return Order.LIFO;
  }

  @Override
  public boolean locked() {
    return true;
  }

  @Override
  public String toString() {
    return name();
  }
}
