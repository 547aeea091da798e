package dev.kretsim.pool;

/** A lock-free LIFO list of reference-counted nodes: kernels 5.11 to 6.6. */
public record FreelistDesign() implements PoolDesign {
  @Override
  public String name() {
    return "freelist";
  }

  @Override
  public InstancePool create(PoolSpec spec) {
    return new FreelistPool(spec);
  }

  @Override
  public int maxCapacity(int cpus) {
    return FreelistPool.MAX_CAPACITY;
  }

  @Override
  public boolean exact() {
    return false;
  }

  @Override
  public Order order() {
    return Order.LIFO;
  }

  @Override
  public Nesting nesting() {
    return Nesting.ANYWHERE;
  }

  @Override
  public String toString() {
    return name();
  }
}
