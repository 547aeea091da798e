package dev.kretsim.workload.scenario;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.files.yaml.Field;
import dev.kretsim.files.yaml.Form;
import dev.kretsim.files.yaml.Forms;
import dev.kretsim.files.yaml.Rule;
import dev.kretsim.files.yaml.Section;
import dev.kretsim.files.yaml.Shape;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.Preemption;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.lock.LockDesign;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.pool.PoolDesigns;
import dev.kretsim.workload.random.Distribution;
import dev.kretsim.workload.random.Durations;
import dev.kretsim.workload.scenario.Scenario.EntryRule;
import dev.kretsim.workload.scenario.Scenario.EventSpec;
import dev.kretsim.workload.scenario.Scenario.EventSpec.OfProbe.Action;
import dev.kretsim.workload.scenario.Scenario.FunctionSpec;
import dev.kretsim.workload.scenario.Scenario.LoadSpec;
import dev.kretsim.workload.scenario.Scenario.ProbeSpec;
import dev.kretsim.workload.scenario.Scenario.StepSpec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may stand in a scenario file, and within which bounds: read by the reader, and the source of
 * the JSON schema.
 */
final class ScenarioShape {
  /** As {@code KSYM_NAME_LEN} of kernels since 6.1 allows, without the final zero. */
  private static final String NAME = "\\S{1,511}";

  private static final int MOST_ITEMS = 10_000;
  private static final Pattern EVERY = Pattern.compile("decline\\s+every\\s+([1-9][0-9]{0,8})");
  private static final Pattern COMM = Pattern.compile("decline\\s+comm\\s+(\\S+)");
  private static final Pattern CALL = Pattern.compile("call\\s+(\\S+)");
  private static final Pattern FACT_ALONE = Pattern.compile("\\w+\\s*=[^,]*");
  private static final Pattern KILL = Pattern.compile("kill-task\\s+(\\S+)");
  private static final Pattern ACTION = Pattern.compile("(enable|disable|unregister)\\s+(\\S+)");

  private ScenarioShape() {}

  private static final Form<String> FUNCTION_NAME = Forms.text(NAME, ScenarioShape::name);
  private static final Form<Long> ANY_LONG = Forms.whole(Long.MIN_VALUE, Long.MAX_VALUE);

  private static final Field<String> FUNCTION_CALLED =
      Field.required("name", FUNCTION_NAME, "Its symbol; no blanks.");
  private static final Field<List<StepSpec>> BODY =
      Field.or(
          List.of(),
          "body",
          Forms.list(1000, Forms.text("", ScenarioShape::step)),
          "Its steps in order: spin TIME keeps the CPU, sleep TIME gives it up, call FUNCTION.");
  private static final Field<Long> RETURNS =
      Field.or(0L, "returns", ANY_LONG, "The value that it returns.");
  private static final Shape<FunctionSpec> FUNCTION =
      Shape.of(
          "A function of the emulated kernel.",
          List.of(FUNCTION_CALLED, BODY, RETURNS),
          in -> new FunctionSpec(in.get(FUNCTION_CALLED), in.get(BODY), in.get(RETURNS)));

  private static final Field<String> KPROBE =
      Field.optional("kprobe", FUNCTION_NAME, "A kprobe in this function; or else kretprobe.");
  private static final Field<Long> OFFSET =
      Field.or(0L, "offset", Forms.whole(0, Integer.MAX_VALUE), "Of the kprobe, in bytes.");
  private static final Field<String> KRETPROBE =
      Field.optional("kretprobe", FUNCTION_NAME, "A kretprobe on this function; or else kprobe.");
  private static final Field<Long> MAXACTIVE =
      Field.or(
          0L,
          "maxactive",
          Forms.whole(0, Scenario.MOST_INSTANCES),
          "Instances of the kretprobe; 0 for the kernel version's default.");
  private static final Field<Long> DATA_SIZE =
      Field.or(
          0L, "data_size", Forms.whole(0, 4096), "Bytes of your own in each of its instances.");
  private static final Field<EntryRule> ENTRY_HANDLER =
      Field.or(
          new EntryRule.Absent(),
          "entry_handler",
          Forms.text("", ScenarioShape::entryRule),
          "absent, accept, decline, decline every N, decline comm NAME or call FUNCTION.");
  private static final Shape<ProbeSpec> PROBE =
      Shape.of(
          "A probe that is registered before the load starts.",
          List.of(KPROBE, OFFSET, KRETPROBE, MAXACTIVE, DATA_SIZE, ENTRY_HANDLER),
          List.of(
              new Rule.OneOf(KPROBE, KRETPROBE, "a probe is either a kprobe or a kretprobe"),
              new Rule.Beside(
                  OFFSET, KPROBE, "offset is of a kprobe; a kretprobe stands at the entry"),
              ofKretprobe(MAXACTIVE),
              ofKretprobe(DATA_SIZE),
              ofKretprobe(ENTRY_HANDLER)),
          ScenarioShape::probe);

  private static final Field<Long> TASKS =
      Field.or(1L, "tasks", Forms.whole(1, Scenario.MOST_TASKS), "How many tasks do this.");
  private static final Field<String> TASK_COMM =
      Field.or("task", "comm", Forms.text("\\S{1,255}", ScenarioShape::name), "Their name.");
  private static final Field<String> CALLED =
      Field.required("call", FUNCTION_NAME, "The function that they call.");
  private static final Field<Long> ARGUMENT =
      Field.or(0L, "argument", ANY_LONG, "The first argument of each call.");
  private static final Field<Long> CALLS =
      Field.optional(
          "calls",
          Forms.whole(0, Integer.MAX_VALUE),
          "How many calls each of them makes; or else duration.");
  private static final Field<Long> DURATION =
      Field.optional(
          "duration",
          Forms.text(Durations.PATTERN, Durations::parseNs),
          "How long they make calls; or else calls.");
  private static final Field<Distribution> THINK =
      Field.optional(
          "think",
          Forms.text("", ScenarioShape::times),
          "The time from a return to the next call.");
  private static final Shape<LoadSpec> LOAD =
      Shape.of(
          "Tasks that call a function again and again.",
          List.of(TASKS, TASK_COMM, CALLED, ARGUMENT, CALLS, DURATION, THINK),
          List.of(new Rule.OneOf(CALLS, DURATION, "load needs either calls or duration")),
          ScenarioShape::load);

  private static final Field<Long> AT =
      Field.required(
          "at", Forms.text(Durations.PATTERN, Durations::parseNs), "When, from the start.");
  private static final Field<String> DO =
      Field.required(
          "do",
          Forms.text("", text -> text),
          "enable, disable or unregister and a probed function, or kill-task and a comm.");
  private static final Shape<EventSpec> EVENT =
      Shape.of(
          "Something that happens while the load runs.",
          List.of(AT, DO),
          in -> event(in, in.get(AT), in.get(DO).strip()));

  private static final Field<KernelVersion> KERNEL =
      Field.or(
          KernelVersion.newest(),
          "kernel",
          Forms.choice(words(KernelVersion.labels()), KernelVersion::of),
          "The kernel version, in quotes; default: the newest.");
  private static final Field<Arch> ARCH =
      Field.or(
          Arch.X86_64,
          "arch",
          Forms.choice(List.of("x86_64", "arm64"), Arch::of),
          "The architecture; default: x86_64.");
  private static final Field<Long> CPUS =
      Field.or(1L, "cpus", Forms.whole(1, MachineSpec.MAX_CPUS), "Emulated CPUs.");
  private static final Field<Preemption> PREEMPT =
      Field.optional(
          "preempt",
          Forms.choice(words(Preemption.labels()), Preemption::of),
          "How the kernel preempts; default: as its version usually does.");
  private static final Field<PoolDesign> POOL =
      Field.optional(
          "pool",
          Forms.choice(words(PoolDesigns.names()), PoolDesigns::named),
          "The pool of all kretprobes; default: the kernel version's own.");
  private static final Field<LockDesign> LOCK =
      Field.or(
          LockDesigns.QUEUED,
          "lock",
          Forms.choice(words(LockDesigns.names()), LockDesigns::named),
          "The lock of a pool that has one; default: queued.");
  private static final Field<Boolean> TIME =
      Field.or(
          false,
          "time",
          Forms.choice(
              List.of("virtual", "real"),
              text ->
                  text.equals("virtual") || text.equals("real")
                      ? Optional.of(text.equals("real"))
                      : Optional.empty()),
          "virtual (default), or real: one thread for each CPU.");
  private static final Field<Long> SEED =
      Field.or(1L, "seed", ANY_LONG, "Where every random choice comes from.");
  private static final Field<List<FunctionSpec>> FUNCTIONS =
      Field.or(List.of(), "functions", Forms.list(MOST_ITEMS, FUNCTION), "The functions.");
  private static final Field<List<ProbeSpec>> PROBES =
      Field.or(List.of(), "probes", Forms.list(MOST_ITEMS, PROBE), "The probes on them.");
  private static final Field<List<LoadSpec>> LOADS =
      Field.required("load", Forms.list(MOST_ITEMS, LOAD), "Who calls what.");
  private static final Field<List<EventSpec>> EVENTS =
      Field.or(List.of(), "events", Forms.list(MOST_ITEMS, EVENT), "What happens meanwhile.");

  static final Shape<Scenario> SCENARIO =
      Shape.of(
          "What kretsim runs: a machine, its functions, the probes on them, and who calls what.",
          List.of(
              KERNEL, ARCH, CPUS, PREEMPT, POOL, LOCK, TIME, SEED, FUNCTIONS, PROBES, LOADS,
              EVENTS),
          in ->
              new Scenario(
                  in.get(KERNEL),
                  in.get(ARCH),
                  Math.toIntExact(in.get(CPUS)),
                  in.find(PREEMPT).orElse(null),
                  in.find(POOL).orElse(null),
                  in.get(LOCK),
                  in.get(TIME),
                  in.get(SEED),
                  in.get(FUNCTIONS),
                  in.get(PROBES),
                  in.get(LOADS),
                  in.get(EVENTS)));

  private static List<String> words(String list) {
    return List.of(list.split(", "));
  }

  private static String name(String text) {
    if (text.length() > 511 || text.chars().anyMatch(Character::isWhitespace)) {
      throw new BadInputException("a name has no blanks and at most 511 letters: " + text);
    }
    return text;
  }

  private static Distribution times(String text) {
    return Distribution.parse(text.strip());
  }

  /** A body in brackets is cut at every comma, those within a law too. */
  private static Distribution timesOfStep(String text) {
    try {
      return times(text);
    } catch (BadInputException wrong) {
      throw FACT_ALONE.matcher(text).matches()
          ? new BadInputException(
              wrong.getMessage() + "; in [ ] a comma ends a step, so put the step in quotes")
          : wrong;
    }
  }

  private static StepSpec step(String text) {
    String[] words = text.strip().split("\\s+", 2);
    String rest = words.length < 2 ? "" : words[1];
    return switch (words[0]) {
      case "spin" -> new StepSpec.Spin(timesOfStep(rest));
      case "sleep" -> new StepSpec.Sleep(timesOfStep(rest));
      case "call" -> new StepSpec.Call(name(rest.strip()));
      default ->
          throw new BadInputException("a step is spin TIME, sleep TIME or call FUNCTION: " + text);
    };
  }

  private static Rule ofKretprobe(Field<?> key) {
    return new Rule.Beside(key, KRETPROBE, key.name() + " is of a kretprobe; a kprobe has none");
  }

  private static ProbeSpec probe(Section in) {
    if (in.has(KRETPROBE)) {
      return new ProbeSpec.OnReturn(
          in.find(KRETPROBE).orElseThrow(),
          Math.toIntExact(in.get(MAXACTIVE)),
          Math.toIntExact(in.get(DATA_SIZE)),
          in.get(ENTRY_HANDLER));
    }
    return new ProbeSpec.OnEntry(in.find(KPROBE).orElseThrow(), Math.toIntExact(in.get(OFFSET)));
  }

  private static EntryRule entryRule(String text) {
    String rule = text.strip();
    Matcher every = EVERY.matcher(rule);
    if (every.matches()) {
      return new EntryRule.DeclineEvery(Integer.parseInt(every.group(1)));
    }
    Matcher comm = COMM.matcher(rule);
    if (comm.matches()) {
      return new EntryRule.DeclineComm(comm.group(1));
    }
    Matcher call = CALL.matcher(rule);
    if (call.matches()) {
      return new EntryRule.Calls(call.group(1));
    }
    return switch (rule) {
      case "absent" -> new EntryRule.Absent();
      case "accept" -> new EntryRule.Accept();
      case "decline" -> new EntryRule.Decline();
      default ->
          throw new BadInputException(
              "entry_handler is absent, accept, decline, decline every N (up to 999999999),"
                  + " decline comm NAME or call FUNCTION: "
                  + text);
    };
  }

  private static LoadSpec load(Section in) {
    return new LoadSpec(
        Math.toIntExact(in.get(TASKS)),
        in.get(TASK_COMM),
        in.get(CALLED),
        in.get(ARGUMENT),
        optional(in.find(CALLS)),
        optional(in.find(DURATION)),
        in.find(THINK).orElse(null));
  }

  private static OptionalLong optional(Optional<Long> value) {
    return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
  }

  private static EventSpec event(Section in, long at, String text) {
    Matcher kill = KILL.matcher(text);
    if (kill.matches()) {
      return new EventSpec.KillTask(at, kill.group(1));
    }
    Matcher action = ACTION.matcher(text);
    if (action.matches()) {
      for (Action one : Action.values()) {
        if (one.label().equals(action.group(1))) {
          return new EventSpec.OfProbe(at, one, action.group(2));
        }
      }
    }
    throw in.problem(DO, "do is " + DO.about().replaceFirst("\\.$", "") + ": " + text);
  }
}
