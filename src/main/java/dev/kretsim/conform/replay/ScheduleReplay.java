package dev.kretsim.conform.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.conform.driver.HeldTask;
import dev.kretsim.conform.driver.Targets;
import dev.kretsim.conform.recording.Environment;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.memory.PlainMemory;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.registry.Kprobes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lets the tasks of a recorded schedule arrive and leave in their order, on a machine with the
 * recorded probes, and counts as the driver module did.
 */
final class ScheduleReplay {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String TARGET = "hold";
  private static final int REJECTED_MODULUS = 3;

  /** A task reaches the target, or is let go. */
  private record Moment(long time, boolean arrives, HeldTask task) {}

  private final Machine machine;
  private final Targets targets;
  private final Kprobes kprobes;
  private final boolean rejects;
  private final Map<Integer, HeldTask> tasks = new TreeMap<>();
  private final Map<Integer, Long> depths = new TreeMap<>();
  private final List<Moment> moments = new ArrayList<>();

  ScheduleReplay(Environment environment, JsonNode setup) {
    machine = new Machine(environment.machine(), PlainMemory::new);
    targets = new Targets(machine);
    kprobes = Kprobes.boot(machine).drivenByOneThread();
    rejects = setup.path("entry_handler").asText().startsWith("reject");
    for (JsonNode arrival : setup.path("arrivals")) {
      int id = arrival.get(0).asInt();
      long from = arrival.get(1).asLong();
      long until = from + arrival.get(2).asLong();
      long depth = arrival.get(3).asLong(1);
      HeldTask task = new HeldTask("t", id, TARGET, depth, targets, machine);
      tasks.put(id, task);
      depths.put(id, depth);
      moments.add(new Moment(from, true, task));
      moments.add(new Moment(until, false, task));
    }
    // Whoever leaves makes room for whoever arrives at the same time.
    moments.sort(Comparator.comparingLong(Moment::time).thenComparing(Moment::arrives));
  }

  /**
   * Runs the schedule with one kretprobe, or with several at once.
   *
   * @param run what was recorded: says which probes there are
   * @return the same fields, as they are here
   */
  ObjectNode replay(JsonNode run) {
    List<Counting> probes = new ArrayList<>();
    if (run.has("probes")) {
      run.path("probes").forEach(probe -> probes.add(new Counting(probe)));
    } else {
      probes.add(new Counting(run));
    }
    for (Moment moment : moments) {
      int cpu = moment.task().index % machine.spec().onlineCpus();
      moment.task().run(machine.cpu(cpu));
    }
    kprobes.checkLaws();
    if (!run.has("probes")) {
      return probes.get(0).answer();
    }
    ObjectNode answer = NODES.objectNode();
    ArrayNode all = answer.putArray("probes");
    probes.forEach(probe -> all.add(probe.answer()));
    return answer;
  }

  /** A kretprobe on the target, and what its handlers counted. */
  private final class Counting {
    private final int id;
    private final Kretprobe probe;
    private final Map<Integer, Integer> followed = new TreeMap<>();
    private final List<Integer> rejected = new ArrayList<>();
    private long entries;
    private long returns;

    Counting(JsonNode recorded) {
      id = recorded.path("id").asInt();
      probe =
          Kretprobe.on(targets.routine(TARGET).symbol().name())
              .maxactive(recorded.path("maxactive").asInt())
              .dataSize(Long.BYTES)
              .entryHandler((instance, regs) -> enter(targets.indexOf(Task.current())))
              .handler((instance, regs) -> returns++);
      kprobes.register(probe);
    }

    private int enter(int id) {
      entries++;
      followed.merge(id, 1, Integer::sum);
      if (rejects && id % REJECTED_MODULUS == 0) {
        rejected.add(id);
        return 1;
      }
      return 0;
    }

    ObjectNode answer() {
      ObjectNode answer =
          NODES
              .objectNode()
              .put("id", id)
              .put("maxactive", probe.maxactive())
              .put("nmissed", probe.nmissed())
              .put("kp_nmissed", probe.kp().nmissed())
              .put("entry_calls", entries)
              .put("entry_rejects", rejected.size())
              .put("ret_calls", returns)
              .put("final_free_instances", probe.registration().pool().free());
      ArrayNode missed = answer.putArray("missed_ids");
      depths.forEach((id, depth) -> addMissed(missed, id, depth));
      ArrayNode declined = answer.putArray("rejected_ids");
      rejected.forEach(declined::add);
      return answer;
    }

    /** As recorded: the id alone, or with how many levels of its recursion were missed. */
    private void addMissed(ArrayNode missed, int id, long depth) {
      long levels = depth - followed.getOrDefault(id, 0);
      if (levels > 0 && depth == 1) {
        missed.add(id);
      } else if (levels > 0) {
        missed.addArray().add(id).add(levels);
      }
    }
  }
}
