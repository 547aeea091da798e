package dev.kretsim.conform.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.plan.advise.PoolMemory;
import dev.kretsim.pool.Objpool;
import dev.kretsim.probe.Kprobe;
import dev.kretsim.probe.KprobeFlag;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.Registration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A probe as the recordings' driver keeps it: the kernel's struct, and counters of its own. */
public abstract sealed class DrivenProbe permits DrivenKprobe, DrivenKretprobe {
  final int id;
  boolean registered;

  DrivenProbe(int id) {
    this.id = id;
  }

  abstract Kprobe kp();

  /** The state as the driver prints it. */
  abstract ObjectNode state(Machine machine);

  final ObjectNode stateHead(String type) {
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    return state
        .put("id", id)
        .put("type", type)
        .put("symbol", kp().symbolName())
        .put("registered", registered ? 1 : 0)
        .put("kp_nmissed", kp().nmissed());
  }

  final ArrayNode flags() {
    return flagsOf(kp());
  }

  static ArrayNode flagsOf(Kprobe probe) {
    ArrayNode flags = JsonNodeFactory.instance.arrayNode();
    for (KprobeFlag flag : KprobeFlag.values()) {
      if (probe.flags().contains(flag)) {
        flags.add(flag.name().toLowerCase(Locale.ROOT));
      }
    }
    return flags;
  }

  /** Free and used instances, as the driver finds them by walking the pool. */
  public static ObjectNode poolState(Kretprobe probe, Machine machine) {
    Registration registration = probe.registration();
    int free = registration.pool().free();
    ObjectNode pool =
        JsonNodeFactory.instance
            .objectNode()
            .put("impl", registration.poolDesign().name())
            .put("free", free)
            .put("in_use", registration.pool().capacity() - free)
            .put(
                "obj_size",
                PoolMemory.of(machine.version(), machine.arch()).instanceBytes(probe.dataSize()));
    if (registration.pool() instanceof Objpool rings) {
      pool.put("nr_objs", rings.capacity()).put("capacity", rings.slots());
      ArrayNode perCpu = pool.putArray("per_cpu_free");
      for (int cpu = 0; cpu < machine.spec().possibleCpus(); cpu++) {
        perCpu.add(rings.freeOn(cpu));
      }
    }
    return pool;
  }

  /** A text field of a step, or null. */
  static @Nullable String text(JsonNode step, String field) {
    return step.hasNonNull(field) ? step.get(field).asText() : null;
  }
}
