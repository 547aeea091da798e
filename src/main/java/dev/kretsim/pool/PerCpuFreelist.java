package dev.kretsim.pool;

/**
 * A freelist for each CPU, as published throughput has it: a CPU pops from its own, then from the
 * others in ascending order, and pushes to its own. For validation alone.
 *
 * @param dealing which list a new instance is on
 */
record PerCpuFreelist(Dealing dealing) implements PoolDesign {
  @Override
  public String name() {
    return "freelist-per-cpu";
  }

  @Override
  public boolean exact() {
    return false;
  }

  @Override
  public Nesting nesting() {
    return Nesting.ANYWHERE;
  }

  @Override
  public InstancePool create(PoolSpec spec) {
    return new FreelistPool(spec, spec.cpus().count(), dealing);
  }
}
