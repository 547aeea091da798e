package dev.kretsim.pool;

/** A ring for each possible CPU: kernels from 6.7 on. */
public record ObjpoolDesign() implements PoolDesign {
  @Override
  public String name() {
    return "objpool";
  }

  @Override
  public InstancePool create(PoolSpec spec) {
    return new Objpool(spec);
  }

  @Override
  public int maxCapacity(int cpus) {
    return Objpool.maxCapacity(cpus);
  }

  @Override
  public boolean exact() {
    return false;
  }

  @Override
  public String toString() {
    return name();
  }
}
