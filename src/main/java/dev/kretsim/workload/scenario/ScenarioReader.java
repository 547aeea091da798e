package dev.kretsim.workload.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.pool.PoolDesigns;
import dev.kretsim.workload.random.Distribution;
import dev.kretsim.workload.random.Durations;
import dev.kretsim.workload.scenario.Scenario.EventSpec.OfProbe.Action;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads scenario files. Unknown keys are errors: a typo must not run another scenario. */
public final class ScenarioReader {
  private static final YAMLMapper YAML = new YAMLMapper();

  /** Far beyond any scenario; keeps a wrong file from filling the memory. */
  private static final int MAX_BYTES = 1 << 20;

  private static final String BUILT_IN = "default-scenario.yaml";

  private ScenarioReader() {}

  /** The scenario that runs when none is named: more readers than instances. */
  public static Scenario builtIn() throws IOException {
    try (InputStream in = ScenarioReader.class.getResourceAsStream(BUILT_IN)) {
      if (in == null) {
        throw new IllegalStateException("the built-in scenario is not in the jar");
      }
      return read(BUILT_IN, in);
    }
  }

  /**
   * Reads a scenario.
   *
   * @param name what messages call the file
   * @throws BadInputException if it is not one
   */
  public static Scenario read(String name, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new BadInputException(name + ": a scenario is a YAML file of at most 1 MiB");
    }
    JsonNode root;
    try {
      root = YAML.readTree(bytes);
    } catch (JsonProcessingException notYaml) {
      int line = notYaml.getLocation() == null ? 1 : notYaml.getLocation().getLineNr();
      String problem = notYaml.getOriginalMessage().lines().findFirst().orElse("cannot be read");
      throw BadInputException.at(name, line, "not a YAML scenario: " + problem);
    }
    try {
      return scenario(new Section(name, root));
    } catch (BadInputException problem) {
      String message = String.valueOf(problem.getMessage());
      throw message.startsWith(name) ? problem : new BadInputException(name + ": " + message);
    }
  }

  private static Scenario scenario(Section root) {
    Scenario scenario =
        new Scenario(
            root.oneOf(
                "kernel",
                KernelVersion.newest().label(),
                text -> KernelVersion.of(text).orElse(null),
                KernelVersion.labels()),
            root.oneOf("arch", "x86_64", text -> Arch.of(text).orElse(null), "x86_64, arm64"),
            root.integer("cpus", 1, 1, MachineSpec.MAX_CPUS),
            root.has("pool")
                ? root.oneOf(
                    "pool", "", text -> PoolDesigns.named(text).orElse(null), PoolDesigns.names())
                : null,
            root.oneOf(
                "lock",
                LockDesigns.QUEUED.name(),
                text -> LockDesigns.named(text).orElse(null),
                LockDesigns.names()),
            root.oneOf(
                "time",
                "virtual",
                text -> text.equals("real") ? Boolean.TRUE : text.equals("virtual") ? false : null,
                "virtual, real"),
            root.wholeNumber("seed", 1),
            root.list("functions", ScenarioReader::function),
            root.list("probes", ScenarioReader::probe),
            root.list("load", ScenarioReader::load),
            root.list("events", ScenarioReader::event));
    root.refuseRest();
    requireDefined(scenario);
    return scenario;
  }

  private static void requireDefined(Scenario scenario) {
    if (scenario.load().isEmpty()) {
      throw new BadInputException("load is empty: nothing would run");
    }
    Set<String> defined = new HashSet<>();
    for (Scenario.FunctionSpec function : scenario.functions()) {
      if (!defined.add(function.name())) {
        throw new BadInputException("function is defined twice: " + function.name());
      }
    }
    for (Scenario.FunctionSpec function : scenario.functions()) {
      for (Scenario.StepSpec step : function.body()) {
        if (step instanceof Scenario.StepSpec.Call call) {
          require(defined, call.function(), "body of " + function.name());
        }
      }
    }
    Set<String> probed = new HashSet<>();
    for (Scenario.ProbeSpec probe : scenario.probes()) {
      require(defined, probe.symbol(), "probes");
      probed.add(probe.symbol());
      if (probe instanceof Scenario.ProbeSpec.OnReturn kretprobe
          && kretprobe.entryRule() instanceof Scenario.EntryRule.Calls calls) {
        require(defined, calls.function(), "entry_handler of " + probe.symbol());
        requireAwake(scenario, calls.function(), probe.symbol());
      }
    }
    scenario.load().forEach(load -> require(defined, load.call(), "load"));
    Set<String> comms = new HashSet<>();
    scenario.load().forEach(load -> comms.add(load.comm()));
    for (Scenario.EventSpec event : scenario.events()) {
      if (event instanceof Scenario.EventSpec.OfProbe ofProbe) {
        require(probed, ofProbe.symbol(), "events");
      } else if (event instanceof Scenario.EventSpec.KillTask kill
          && !comms.contains(kill.comm())) {
        throw new BadInputException(
            "events: no task is called %s; load has %s"
                .formatted(kill.comm(), String.join(", ", new TreeSet<>(comms))));
      }
    }
  }

  /** Handlers run with preemption off: neither they nor what they call may sleep. */
  private static void requireAwake(Scenario scenario, String called, String probe) {
    Set<String> reached = new HashSet<>(Set.of(called));
    ArrayDeque<String> next = new ArrayDeque<>(reached);
    while (!next.isEmpty()) {
      String function = next.remove();
      for (Scenario.StepSpec step : bodyOf(scenario, function)) {
        if (step instanceof Scenario.StepSpec.Sleep) {
          throw new BadInputException(
              "entry_handler of %s: it calls %s, where %s sleeps; handlers must not"
                  .formatted(probe, called, function));
        }
        if (step instanceof Scenario.StepSpec.Call call && reached.add(call.function())) {
          next.add(call.function());
        }
      }
    }
  }

  private static List<Scenario.StepSpec> bodyOf(Scenario scenario, String function) {
    return scenario.functions().stream()
        .filter(spec -> spec.name().equals(function))
        .findFirst()
        .map(Scenario.FunctionSpec::body)
        .orElse(List.of());
  }

  private static void require(Set<String> known, String name, String where) {
    if (!known.contains(name)) {
      throw new BadInputException(
          "%s: unknown name %s, known are %s".formatted(where, name, known));
    }
  }

  private static Scenario.FunctionSpec function(Section section) {
    String name = section.text("name");
    List<Scenario.StepSpec> body = new ArrayList<>();
    for (String step : section.texts("body")) {
      body.add(step(step));
    }
    long returns = section.wholeNumber("returns", 0);
    section.refuseRest();
    return new Scenario.FunctionSpec(name, body, returns);
  }

  private static Scenario.StepSpec step(String text) {
    String[] words = text.strip().split("\\s+", 2);
    String rest = words.length < 2 ? "" : words[1].replaceAll("\\s", "");
    return switch (words[0]) {
      case "spin" -> new Scenario.StepSpec.Spin(Distribution.parse(rest));
      case "sleep" -> new Scenario.StepSpec.Sleep(Distribution.parse(rest));
      case "call" -> new Scenario.StepSpec.Call(rest);
      default ->
          throw new BadInputException("a step is spin TIME, sleep TIME or call FUNCTION: " + text);
    };
  }

  private static Scenario.ProbeSpec probe(Section section) {
    Scenario.ProbeSpec probe;
    if (section.has("kprobe")) {
      probe =
          new Scenario.ProbeSpec.OnEntry(
              section.text("kprobe"), section.integer("offset", 0, 0, Integer.MAX_VALUE));
    } else {
      probe =
          new Scenario.ProbeSpec.OnReturn(
              section.text("kretprobe"),
              section.integer("maxactive", 0, 0, Integer.MAX_VALUE),
              section.integer("data_size", 0, 0, 4096),
              entryRule(section.textOr("entry_handler", "absent")));
    }
    section.refuseRest();
    return probe;
  }

  private static Scenario.EntryRule entryRule(String text) {
    String[] words = text.strip().split("\\s+", -1);
    if (words.length == 3 && words[0].equals("decline") && words[1].equals("comm")) {
      return new Scenario.EntryRule.DeclineComm(words[2]);
    }
    if (words.length == 3 && words[0].equals("decline") && words[1].equals("every")) {
      try {
        int n = Integer.parseInt(words[2]);
        if (n > 0) {
          return new Scenario.EntryRule.DeclineEvery(n);
        }
      } catch (NumberFormatException notANumber) {
        // the message below says what is expected
      }
    }
    if (words.length == 2 && words[0].equals("call")) {
      return new Scenario.EntryRule.Calls(words[1]);
    }
    return switch (text.strip()) {
      case "absent" -> new Scenario.EntryRule.Absent();
      case "accept" -> new Scenario.EntryRule.Accept();
      case "decline" -> new Scenario.EntryRule.Decline();
      default ->
          throw new BadInputException(
              "entry_handler is absent, accept, decline, decline every N, decline comm NAME or"
                  + " call FUNCTION: "
                  + text);
    };
  }

  private static Scenario.LoadSpec load(Section section) {
    boolean timed = section.has("duration");
    if (timed == section.has("calls")) {
      throw section.problem("load needs either calls or duration");
    }
    @Nullable Distribution think =
        section.has("think")
            ? Distribution.parse(section.text("think").replaceAll("\\s", ""))
            : null;
    Scenario.LoadSpec load =
        new Scenario.LoadSpec(
            section.integer("tasks", 1, 1, 1_000_000),
            section.textOr("comm", "task"),
            section.text("call"),
            section.wholeNumber("argument", 0),
            timed
                ? OptionalLong.empty()
                : OptionalLong.of(section.integer("calls", 1, 0, Integer.MAX_VALUE)),
            timed
                ? OptionalLong.of(Durations.parseNs(section.text("duration")))
                : OptionalLong.empty(),
            think);
    section.refuseRest();
    return load;
  }

  private static Scenario.EventSpec event(Section section) {
    long at = Durations.parseNs(section.text("at"));
    String[] words = section.text("do").strip().split("\\s+", -1);
    section.refuseRest();
    String word = words[0].toLowerCase(Locale.ROOT);
    if (words.length == 2 && word.equals("kill-task")) {
      return new Scenario.EventSpec.KillTask(at, words[1]);
    }
    for (Action action : Action.values()) {
      if (words.length == 2 && action.label().equals(word)) {
        return new Scenario.EventSpec.OfProbe(at, action, words[1]);
      }
    }
    throw section.problem(
        "do is enable, disable or unregister and a probed function, or kill-task and a comm");
  }
}
