package dev.kretsim.conform.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.conform.recording.Placement;
import dev.kretsim.conform.recording.UnreplayableException;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.probe.KprobeException;
import dev.kretsim.probe.KprobeFlag;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.registry.Kprobes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The steps that are about probes: declared, registered, disabled, read, removed. */
final class ProbeSteps {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** A place as the driver prints it, {@code kro_t_quick+0x4/0x20 [kro]}, or a part of that. */
  private static final Pattern SYMBOLIC =
      Pattern.compile(
          "(?:[&@]|sym:)?([A-Za-z_][\\w.]*)(?:\\+(0x[0-9a-f]+|\\d+))?(?:/0x[0-9a-f]+)?(?: \\[\\w+])?");

  private final ModuleDriver driver;
  private final Kprobes kprobes;
  private final Machine machine;
  private final HandlerLog log;
  private final Placement placement;
  private final Map<Integer, DrivenProbe> probes = new TreeMap<>();

  ProbeSteps(
      ModuleDriver driver, Kprobes kprobes, Machine machine, HandlerLog log, Placement placement) {
    this.driver = driver;
    this.kprobes = kprobes;
    this.machine = machine;
    this.log = log;
    this.placement = placement;
  }

  ObjectNode register(JsonNode step, String op) {
    int id = step.path("id").asInt();
    boolean again = step.path("again").asInt() == 1 || step.path("keep").asInt() == 1;
    DrivenProbe probe = again ? probe(id) : newProbe(id, step, op);
    probes.put(id, probe);
    if (step.path("clraddr").asInt() == 1) {
      probe.kp().addr(0);
    }
    if (step.path("clrsym").asInt() == 1) {
      probe.kp().symbolName(null);
    }
    if (step.path("clrflags").asInt() == 1) {
      probe.kp().flags(0);
    }
    if (step.path("noreg").asInt() == 1) {
      return NODES.objectNode().put("declared", 1);
    }
    int rc = codeOf(() -> registerOne(probe));
    if (rc != 0) {
      return NODES
          .objectNode()
          .put("rc", rc)
          .put("addr_after", probe.kp().addr() == 0 ? "null" : "set");
    }
    return probe.state(machine).put("rc", 0);
  }

  private DrivenProbe newProbe(int id, JsonNode step, String op) {
    DrivenProbe probe =
        op.equals("register_kprobe")
            ? new DrivenKprobe(id, step, log, driver)
            : new DrivenKretprobe(id, step, log, driver);
    probe.kp().symbolName(DrivenProbe.text(step, "symbol")).offset(step.path("offset").asInt());
    probe.kp().addr(addressOf(step.path("addr")));
    int flags = step.path("flags").asInt();
    probe
        .kp()
        .flags(step.path("disabled").asInt() == 1 ? flags | KprobeFlag.DISABLED.bit() : flags);
    if (probe instanceof DrivenKretprobe kretprobe && !kretprobe.logsEverything()) {
      placement.lose();
    }
    return probe;
  }

  /** An address: a number, text with or without 0x, or a symbol and an offset; 0 if none. */
  private long addressOf(JsonNode given) {
    if (!given.isTextual()) {
      return given.asLong();
    }
    Matcher symbolic = SYMBOLIC.matcher(given.asText());
    if (symbolic.matches() && machine.symbols().find(symbolic.group(1)).isPresent()) {
      long offset = symbolic.group(2) == null ? 0 : Long.decode(symbolic.group(2));
      return machine.symbols().find(symbolic.group(1)).orElseThrow().address() + offset;
    }
    String digits = given.asText().replaceFirst("^0x", "");
    try {
      return Long.parseUnsignedLong(digits, 16);
    } catch (NumberFormatException unknown) {
      throw new UnreplayableException("an address of that boot alone: " + given.asText());
    }
  }

  private void registerOne(DrivenProbe probe) {
    if (probe instanceof DrivenKretprobe kretprobe) {
      kprobes.register(kretprobe.kretprobe());
    } else {
      kprobes.register(probe.kp());
    }
    probe.registered = true;
  }

  ObjectNode registerArray(JsonNode step) {
    List<DrivenKretprobe> members = members(step);
    int count = step.path("num").asInt(members.size());
    List<Kretprobe> given =
        members.stream().limit(Math.max(0, count)).map(DrivenKretprobe::kretprobe).toList();
    int rc = codeOf(() -> kprobes.registerAll(given, 0));
    ObjectNode answer = NODES.objectNode().put("rc", rc);
    ArrayNode after = answer.putArray("after");
    for (DrivenKretprobe member : members) {
      member.registered = rc == 0;
      if (count > 0) {
        after
            .addObject()
            .put("id", member.id)
            .put("addr", member.kp().addr() == 0 ? "null" : "set")
            .put("registered", member.registered ? 1 : 0);
      }
    }
    return answer;
  }

  private List<DrivenKretprobe> members(JsonNode step) {
    List<DrivenKretprobe> members = new ArrayList<>();
    for (String id : step.path("ids").asText().split(",", -1)) {
      if (probe(Integer.parseInt(id)) instanceof DrivenKretprobe kretprobe) {
        members.add(kretprobe);
      }
    }
    return members;
  }

  ObjectNode unregister(JsonNode step, int cpu) {
    DrivenProbe probe = probe(step.path("id").asInt());
    if (!probe.registered) {
      return NODES.objectNode().put("err", "not registered");
    }
    unregisterOne(probe, cpu);
    return probe.state(machine).put("ok", 1).put("addr_null", probe.kp().addr() == 0 ? 1 : 0);
  }

  private void unregisterOne(DrivenProbe probe, int cpu) {
    if (probe instanceof DrivenKretprobe kretprobe) {
      kprobes.unregister(kretprobe.kretprobe(), cpu);
    } else {
      kprobes.unregister(probe.kp(), cpu);
    }
    probe.registered = false;
  }

  ObjectNode unregisterArray(JsonNode step, int cpu) {
    members(step).forEach(member -> unregisterOne(member, cpu));
    return NODES.objectNode().put("ok", 1);
  }

  /** Writes to a registered kretprobe's field, which nobody reads before it is registered again. */
  ObjectNode pokeMaxactive(JsonNode step) {
    if (probe(step.path("id").asInt()) instanceof DrivenKretprobe kretprobe) {
      kretprobe.kretprobe().maxactive(step.path("maxactive").asInt());
    }
    return NODES.objectNode().put("ok", 1);
  }

  ObjectNode disableOrEnable(JsonNode step, String op) {
    DrivenProbe probe = probe(step.path("id").asInt());
    int rc =
        codeOf(
            () -> {
              if (op.equals("disable")) {
                kprobes.disable(probe.kp());
              } else {
                kprobes.enable(probe.kp());
              }
            });
    ObjectNode answer = NODES.objectNode().put("rc", rc);
    answer.set("flags", probe.flags());
    return answer;
  }

  ObjectNode readState(JsonNode step) {
    if (step.has("id")) {
      return probe(step.path("id").asInt()).state(machine);
    }
    ObjectNode answer = NODES.objectNode();
    ArrayNode all = answer.putArray("probes");
    probes.values().forEach(probe -> all.add(probe.state(machine)));
    return answer;
  }

  void unregisterAll(int cpu) {
    probes.values().stream()
        .filter(probe -> probe.registered)
        .forEach(probe -> unregisterOne(probe, cpu));
  }

  private DrivenProbe probe(int id) {
    DrivenProbe probe = probes.get(id);
    if (probe == null) {
      throw new UnreplayableException("names a probe that was never declared: id=" + id);
    }
    return probe;
  }

  private static int codeOf(Runnable request) {
    try {
      request.run();
      return 0;
    } catch (KprobeException refused) {
      return -refused.errno().number();
    }
  }
}
