package dev.kretsim.pool;

/** JCTools' {@code MpmcArrayQueue}: not a kernel's, the rival from the library shelf. */
public record MpmcDesign() implements PoolDesign {
  @Override
  public String name() {
    return "mpmc";
  }

  @Override
  public InstancePool create(PoolSpec spec) {
    return new MpmcPool(spec);
  }

  @Override
  public int maxCapacity(int cpus) {
    return MpmcPool.MAX_CAPACITY;
  }

  @Override
  public Order order() {
    return Order.FIFO;
  }

  @Override
  public Nesting nesting() {
    return Nesting.NOWHERE;
  }

  @Override
  public boolean realMemoryOnly() {
    return true;
  }

  @Override
  public String toString() {
    return name();
  }
}
