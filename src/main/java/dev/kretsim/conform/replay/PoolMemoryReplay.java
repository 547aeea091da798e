package dev.kretsim.conform.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.conform.driver.DrivenProbe;
import dev.kretsim.conform.driver.Targets;
import dev.kretsim.conform.recording.Environment;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.memory.PlainMemory;
import dev.kretsim.plan.advise.PoolMemory;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.registry.Kprobes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pool of a recorded size: how it is laid out, and what it costs. */
final class PoolMemoryReplay {
  private static final long GUARD_PAGE = 4096;
  private static final Pattern AREA = Pattern.compile("0x\\S+\\s+(\\d+) register_kretprobe");

  private PoolMemoryReplay() {}

  /** What was recorded, with the cost of the whole pool as one number. */
  static ObjectNode expected(JsonNode record) {
    ObjectNode expected = record.deepCopy();
    return expected.put("bytes", bytes(record));
  }

  /** The same fields, as they are here. */
  static ObjectNode replay(Environment environment, JsonNode record) {
    Machine machine = new Machine(environment.machine(), PlainMemory::new);
    String target = new Targets(machine).routine("quick").symbol().name();
    Kprobes kprobes = Kprobes.boot(machine);
    int dataSize = record.path("data_size").asInt();
    Kretprobe probe =
        Kretprobe.on(target).maxactive(record.path("maxactive").asInt()).dataSize(dataSize);
    kprobes.register(probe);
    ObjectNode pool = DrivenProbe.poolState(probe, machine);
    PoolMemory memory =
        PoolMemory.of(environment.machine().version(), environment.machine().arch());
    return pool.put("maxactive", probe.maxactive())
        .put("data_size", probe.dataSize())
        .put(
            "bytes",
            memory.bytes(probe.maxactive(), dataSize, environment.machine().possibleCpus()));
  }

  private static long bytes(JsonNode record) {
    if (record.has("kmalloc_bucket")) {
      return record.path("kmalloc_bucket").asLong() * record.path("maxactive").asLong();
    }
    long bytes = 0;
    for (JsonNode area : record.path("vmalloc_areas_bytes")) {
      bytes += area.asLong() - GUARD_PAGE;
    }
    Matcher areas = AREA.matcher(record.path("vmallocinfo").asText());
    while (areas.find()) {
      bytes += Long.parseLong(areas.group(1)) - GUARD_PAGE;
    }
    return bytes;
  }
}
