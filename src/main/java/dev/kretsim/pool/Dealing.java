package dev.kretsim.pool;

/** Which CPU a new instance is given to, in designs that keep some for each. */
enum Dealing {
  /** One after the other, as instances are added singly. */
  BY_TURNS {
    @Override
    int cpuOf(int instance, int capacity, int cpus) {
      return instance % cpus;
    }
  },
  /**
   * Neighbours to the same CPU, as they are made together with its list; the lower get the rest.
   */
  IN_BLOCKS {
    @Override
    int cpuOf(int instance, int capacity, int cpus) {
      int share = capacity / cpus;
      int larger = capacity % cpus;
      int withLarger = larger * (share + 1);
      return instance < withLarger
          ? instance / (share + 1)
          : larger + (instance - withLarger) / share;
    }
  };

  abstract int cpuOf(int instance, int capacity, int cpus);
}
