package dev.kretsim.plan.advise;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of a pool are those that real kernels were seen to allocate. */
class PoolMemoryTest {
  private static final long GUARD_PAGE = 4096;

  @ParameterizedTest
  @ValueSource(strings = {"cases", "cases-5.10"})
  void aPoolCostsWhatTheKernelAllocated(String folder) {
    JsonNode runs = Recordings.json(folder + "/pool_memory.json").get("runs");
    assertThat(runs).hasSizeGreaterThan(10);
    for (JsonNode run : runs) {
      int maxactive = run.get("maxactive").asInt();
      assertThat(
              PoolMemory.of(kernel(run.get("impl").asText()), Arch.X86_64)
                  .bytes(maxactive, run.get("data_size").asInt(), run.get("possible_cpus").asInt()))
          .as(run.toString())
          .isEqualTo(recorded(run, maxactive));
    }
  }

  private static KernelVersion kernel(String pool) {
    return switch (pool) {
      case "objpool" -> KernelVersion.V6_12;
      case "freelist" -> KernelVersion.V6_1;
      default -> KernelVersion.V5_10;
    };
  }

  private static long recorded(JsonNode run, int maxactive) {
    if (run.has("kmalloc_bucket")) {
      return run.get("kmalloc_bucket").asLong() * maxactive;
    }
    long bytes = 0;
    for (JsonNode area : run.get("vmalloc_areas_bytes")) {
      bytes += area.asLong() - GUARD_PAGE;
    }
    return bytes;
  }
}
