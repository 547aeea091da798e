package dev.kretsim.scale;

import dev.kretsim.pool.InstancePool;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.pool.PoolDesigns;
import dev.kretsim.pool.PoolSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A freelist for each CPU, as published throughput has it: a CPU pops from its own, then from the
 * others in order, and pushes to the list that the instance came from. For validation alone.
 */
record PerCpuFreelist() implements PoolDesign {
  @Override
  public String name() {
    return "freelist-per-cpu";
  }

  @Override
  public boolean exact() {
    return false;
  }

  @Override
  public InstancePool create(PoolSpec spec) {
    int cpus = spec.cpus().count();
    int share = Math.max(1, spec.capacity() / cpus);
    List<InstancePool> lists = new ArrayList<>();
    PoolSpec part = new PoolSpec(share, spec.cpus(), spec.memories(), spec.lock());
    for (int cpu = 0; cpu < cpus; cpu++) {
      lists.add(PoolDesigns.FREELIST.create(part));
    }
    return new Pool(lists, share);
  }

  private record Pool(List<InstancePool> lists, int share) implements InstancePool {
    @Override
    public int capacity() {
      return lists.size() * share;
    }

    @Override
    public int pop(int cpu) {
      for (int step = 0; step < lists.size(); step++) {
        int list = (cpu + step) % lists.size();
        int found = lists.get(list).pop(cpu);
        if (found != MISSED) {
          return list * share + found;
        }
      }
      return MISSED;
    }

    @Override
    public void push(int cpu, int instance) {
      lists.get(instance / share).push(cpu, instance % share);
    }

    @Override
    public int free() {
      return lists.stream().mapToInt(InstancePool::free).sum();
    }

    @Override
    public List<List<Integer>> freeLists() {
      List<List<Integer>> free = new ArrayList<>();
      for (int list = 0; list < lists.size(); list++) {
        int first = list * share;
        List<Integer> ids =
            lists.get(list).freeLists().get(0).stream().map(id -> first + id).toList();
        free.add(ids);
      }
      return free;
    }
  }
}
