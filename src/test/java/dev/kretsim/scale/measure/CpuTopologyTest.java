package dev.kretsim.scale.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.scale.Machine;
import dev.kretsim.scale.Machine.Level;
import dev.kretsim.scale.Machines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines as Linux tells them, made up as files. */
class CpuTopologyTest {
  @TempDir Path system;

  /** 2 sockets of 2 chiplets of 4 cores of 2 hyperthreads. */
  private void chiplets() throws IOException {
    for (int cpu = 0; cpu < 32; cpu++) {
      int core = cpu % 16;
      int chiplet = core / 4;
      tell(cpu, "topology/thread_siblings_list", core + "," + (core + 16));
      tell(cpu, "topology/cluster_cpus_list", core + "," + (core + 16));
      tell(cpu, "topology/physical_package_id", core / 8);
      tell(cpu, "cache/index0/level", 1);
      tell(cpu, "cache/index0/shared_cpu_list", core + "," + (core + 16));
      tell(cpu, "cache/index3/level", 3);
      tell(cpu, "cache/index3/shared_cpu_list", 4 * chiplet + "-" + (4 * chiplet + 3));
    }
  }

  private void tell(int cpu, String what, Object value) throws IOException {
    Path file = system.resolve("cpu" + cpu).resolve(what);
    Files.createDirectories(file.getParent());
    Files.writeString(file, value + "\n");
  }

  private CpuTopology read(IntStream cpus) {
    return CpuTopology.read(system, cpus.boxed().toList());
  }

  private static List<Integer> parts(CpuTopology told) {
    return List.of(told.sockets(), told.dies(), told.clusters(), told.cores(), told.cpus());
  }

  @Test
  void coresThatShareALastLevelCacheAreADie() throws IOException {
    chiplets();
    CpuTopology told = read(IntStream.range(0, 32));
    assertThat(parts(told)).containsExactly(2, 4, 16, 16, 32);
    assertThat(told.others())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                Level.SAME_CORE,
                16,
                Level.SAME_DIE,
                17,
                Level.CROSS_DIE,
                20,
                Level.CROSS_SOCKET,
                24));
  }

  @Test
  void clustersOfSeveralCoresAreALevelBelow() throws IOException {
    for (int cpu = 0; cpu < 16; cpu++) {
      tell(cpu, "topology/thread_siblings_list", cpu);
      tell(cpu, "topology/physical_package_id", 0);
      tell(cpu, "topology/cluster_cpus_list", cpu / 4);
      tell(cpu, "cache/index3/level", 3);
      tell(cpu, "cache/index3/shared_cpu_list", cpu / 8);
    }
    CpuTopology told = read(IntStream.range(0, 16));
    assertThat(parts(told)).containsExactly(1, 2, 4, 16, 16);
    assertThat(told.others().keySet())
        .containsExactly(Level.SAME_CLUSTER, Level.SAME_DIE, Level.CROSS_DIE);
  }

  @Test
  void onlyTheCpusThatMayBeUsedCount() throws IOException {
    chiplets();
    CpuTopology told = read(IntStream.of(5, 7, 21, 23));
    assertThat(parts(told)).containsExactly(1, 1, 2, 2, 4);
    assertThat(told.first()).isEqualTo(5);
    assertThat(told.others()).isEqualTo(Map.of(Level.SAME_CORE, 21, Level.SAME_DIE, 23));
  }

  @Test
  void diesThatAreNotAllAlikeAreNone() throws IOException {
    chiplets();
    assertThat(parts(read(IntStream.of(0, 1, 2, 4)))).containsExactly(1, 1, 4, 4, 4);
  }

  @Test
  void coresThatAreNotAllAlikeAreOneForEachCpu() throws IOException {
    chiplets();
    CpuTopology told = read(IntStream.of(0, 16, 1, 8));
    assertThat(parts(told)).containsExactly(1, 1, 4, 4, 4);
    assertThat(told.others().keySet()).containsExactly(Level.SAME_DIE);
  }

  @Test
  void whereNothingIsToldCpusAreCoresOfOneSocket() {
    assertThat(parts(read(IntStream.range(0, 3)))).containsExactly(1, 1, 3, 3, 3);
  }

  @Test
  void whatIsToldIsAMachineToSimulate(@TempDir Path folder) throws IOException {
    chiplets();
    Map<String, Figure> figures = new LinkedHashMap<>();
    for (String name :
        List.of("rmw", "load", "store", "sameCore", "sameDie", "crossDie", "crossSocket")) {
      figures.put(name, Figure.of(10 + figures.size()));
    }
    Path file = folder.resolve("here.yaml");
    Files.writeString(
        file,
        Description.of(read(IntStream.range(0, 32)), figures, false, Optional.of("not steady")));
    Machine machine = Machines.of(file.toString());
    assertThat(machine.cpus()).isEqualTo(32);
    assertThat(machine.coresPerDie()).isEqualTo(4);
    assertThat(machine.transfers()).containsExactly(13_000L, 14_000L, 14_000L, 15_000L, 16_000L);
    assertThat(Files.readString(file))
        .contains("# not steady\n", "# Threads could not be pinned", "unpinned");
  }
}
