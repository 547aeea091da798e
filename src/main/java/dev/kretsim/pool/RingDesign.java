package dev.kretsim.pool;

/** A slot and a ring for each possible CPU that only that CPU fills: ours, not a kernel's. */
public record RingDesign() implements PoolDesign {
  @Override
  public String name() {
    return "ring";
  }

  @Override
  public InstancePool create(PoolSpec spec) {
    return new RingPool(spec);
  }

  @Override
  public int maxCapacity(int cpus) {
    return RingPool.maxCapacity(cpus);
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
