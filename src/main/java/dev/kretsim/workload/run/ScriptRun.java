package dev.kretsim.workload.run;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.memory.PlainMemory;
import dev.kretsim.probe.registry.Kprobes;
import dev.kretsim.tracefs.event.ProbeEvents;
import dev.kretsim.tracefs.event.TracefsFiles;
import dev.kretsim.workload.drive.Agenda;
import dev.kretsim.workload.drive.Body;
import dev.kretsim.workload.drive.Fleet;
import dev.kretsim.workload.drive.Kthread;
import dev.kretsim.workload.drive.Routine;
import dev.kretsim.workload.drive.Step;
import dev.kretsim.workload.drive.VirtualTime;
import dev.kretsim.workload.random.RandomStream;
import dev.kretsim.workload.scenario.Scenario;
import dev.kretsim.workload.script.Script;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a script on a machine of its own, in virtual time.
 *
 * <p>Calls in the foreground end before the next line; from the first {@code &} to {@code wait} the
 * lines between are an agenda beside the running tasks.
 */
public final class ScriptRun {
  private static final long SEED_STRIDE = 1_000_003;

  /** A line that is due while tasks run. */
  private record Later(long atNs, Script.Command command) {}

  private final Script script;
  private final long seed;
  private final Machine machine;
  private final VirtualTime time = new VirtualTime();
  private final Map<String, Symbol> symbols = new HashMap<>();
  private final Symbol threadFunction;
  private final Kprobes kprobes;
  private final TracefsFiles files;
  private final StringBuilder printed = new StringBuilder();
  private final List<Kthread> background = new ArrayList<>();
  private final List<Later> meanwhile = new ArrayList<>();
  private long offsetNs;
  private int threads;
  private @Nullable Fleet fleet;

  private ScriptRun(Script script, MachineSpec spec, long seed) {
    this.script = script;
    this.seed = seed;
    machine = new Machine(spec, PlainMemory::new);
    threadFunction = machine.define("kthread", false);
    for (Scenario.FunctionSpec function : script.functions()) {
      symbols.put(function.name(), machine.define(function.name(), true));
    }
    kprobes = Kprobes.boot(machine).drivenByOneThread();
    ProbeEvents events = new ProbeEvents(machine, kprobes, time.clock());
    files = new TracefsFiles(machine, kprobes, events, time.clock());
  }

  /**
   * Runs a script.
   *
   * @param script what to do, line by line
   * @param spec the machine to do it on
   * @param seed where every random choice comes from
   * @return what it printed
   * @throws BadInputException if a line asks for what is not there
   */
  public static String run(Script script, MachineSpec spec, long seed) {
    ScriptRun run = new ScriptRun(script, spec, seed);
    script.commands().forEach(run::take);
    run.finish();
    return run.printed.toString();
  }

  private void take(Script.Command command) {
    if (command instanceof Script.Command.Call call) {
      background.addAll(threadsOf(call.load()));
      if (!call.background()) {
        finish();
      }
    } else if (command instanceof Script.Command.Wait) {
      finish();
    } else if (command instanceof Script.Command.Sleep sleep) {
      offsetNs += sleep.ns();
      if (background.isEmpty()) {
        finish();
      }
    } else if (background.isEmpty()) {
      act(command);
    } else {
      long at = time.clock().getAsLong() + offsetNs;
      meanwhile.add(new Later(at, command));
    }
  }

  private void actBeside(Later later, Fleet current) {
    fleet = current;
    act(later.command());
    fleet = null;
    meanwhile.remove(later);
  }

  /** Runs until all tasks have exited, and what was to happen later has happened. */
  private void finish() {
    long end = time.clock().getAsLong() + offsetNs;
    offsetNs = 0;
    if (!background.isEmpty()) {
      List<Agenda.Entry> agenda = new ArrayList<>();
      for (Later later : meanwhile) {
        agenda.add(new Agenda.Entry(later.atNs(), running -> actBeside(later, running)));
      }
      time.run(machine, List.copyOf(background), new Agenda(agenda));
    }
    // What the tasks did not live to see.
    for (Later later : meanwhile) {
      time.sleepUntil(later.atNs());
      act(later.command());
    }
    meanwhile.clear();
    time.sleepUntil(end);
    background.clear();
    kprobes.checkLaws();
  }

  private void act(Script.Command command) {
    if (command instanceof Script.Command.Write write) {
      note(write.line(), files.write(write.file(), write.text(), write.append()));
    } else if (command instanceof Script.Command.Show show) {
      printed.append(
          files
              .read(show.file())
              .orElseThrow(() -> at(show.line(), "no such file: " + show.file())));
    } else if (command instanceof Script.Command.Print print) {
      printed.append(print.text()).append('\n');
    } else if (command instanceof Script.Command.Boot boot) {
      for (String line : boot.lines()) {
        note(boot.line(), files.write("kprobe_events", line, true));
      }
      files.write("events/enable", "1", false);
    } else if (command instanceof Script.Command.Kill kill && fleet != null) {
      fleet.kill(kill.comm());
    }
  }

  /** As a shell says it: the script goes on. */
  private void note(int line, @Nullable String failure) {
    if (failure != null) {
      printed.append("%s:%d: write error: %s%n".formatted(script.name(), line, failure));
    }
  }

  private BadInputException at(int line, String problem) {
    return BadInputException.at(script.name(), line, problem);
  }

  private List<Kthread> threadsOf(Scenario.LoadSpec load) {
    List<Kthread> started = new ArrayList<>();
    for (int i = 0; i < load.tasks(); i++) {
      started.add(threadOf(load));
    }
    return started;
  }

  private Kthread threadOf(Scenario.LoadSpec load) {
    RandomStream random = RandomStream.of(seed * SEED_STRIDE + threads++);
    Program program = new Program(script.functions(), symbols, random, null);
    long start = offsetNs;
    LoadBody body =
        new LoadBody(
            new Step.Call(program.routine(load.call()), load.argument()),
            load.think() == null ? null : new Step.Sleep(load.think().sampler(random)),
            load.calls().orElse(Long.MAX_VALUE),
            time.clock(),
            load.durationNs().isPresent()
                ? time.clock().getAsLong() + start + load.durationNs().getAsLong()
                : Long.MAX_VALUE);
    Body delayed =
        frame -> frame.step() == 0 && start > 0 ? new Step.Sleep(() -> start) : body.next(frame);
    return new Kthread(machine.newTask(load.comm()), new Routine(threadFunction, delayed));
  }
}
