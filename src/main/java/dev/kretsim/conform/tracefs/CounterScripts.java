package dev.kretsim.conform.tracefs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kretsim.tracefs.event.ProbeEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The shell scripts that drove the recorded kernels' tracefs, step by step; what they printed. */
final class CounterScripts {
  private static final String SLEEP = "hrtimer_nanosleep";
  private static final int SLEEPERS = 10;

  private final EventsRig rig;
  private final ProbeEvents events;
  private final List<String> printed = new ArrayList<>();
  private final @Nullable JsonNode observed;

  private CounterScripts(EventsRig rig, @Nullable JsonNode observed) {
    this.rig = rig;
    this.events = rig.events;
    this.observed = observed;
  }

  /** What a script prints; empty if there is none of that name. */
  static Optional<List<String>> run(String id, EventsRig rig, @Nullable JsonNode observed) {
    CounterScripts scripts = new CounterScripts(rig, observed);
    Consumer<CounterScripts> script =
        switch (id) {
          case "tracefs_killed" -> CounterScripts::killed;
          case "tracefs_reenable" -> CounterScripts::reenable;
          case "tracefs_filter" -> CounterScripts::filter;
          case "tracefs_clone" -> CounterScripts::forks;
          case "tracefs_two_events" -> CounterScripts::twoEvents;
          case "tracefs_multiprobe" -> CounterScripts::multiprobe;
          case "tracefs_module" -> CounterScripts::module;
          case "tracefs_rec" -> CounterScripts::recursion;
          default -> null;
        };
    if (script == null) {
      return Optional.empty();
    }
    script.accept(scripts);
    rig.checkLaws();
    return Optional.of(scripts.printed);
  }

  private void define(String... lines) {
    for (String line : lines) {
      events.write(line);
    }
    enable(true);
  }

  private void enable(boolean wanted) {
    events.enable(null, null, wanted);
  }

  private void print(String line) {
    printed.add(line);
  }

  private void profile() {
    events.profile().forEach(line -> print(line.text().strip()));
  }

  private void trace(String event) {
    events
        .trace()
        .lines()
        .filter(line -> !line.startsWith("#") && line.matches(".*: " + event + ": .*"))
        .forEach(this::print);
  }

  private void killed() {
    define("r8:ns hrtimer_nanosleep $retval");
    rig.fallAsleep(SLEEPERS);
    profile();
    print("after:");
    rig.wakeAll(); // a killed sleeper returns as another does
    profile();
  }

  private void reenable() {
    define("r8:ns hrtimer_nanosleep $retval");
    rig.sleepAndReturn(SLEEPERS);
    profile();
    enable(false);
    profile();
    enable(true);
    rig.sleepAndReturn(SLEEPERS);
    profile();
    enable(false);
    profile();
    rig.sleepAndReturn(SLEEPERS);
    print("after 10 calls while disabled");
    profile();
    events.truncate();
    events.write("r8:ns hrtimer_nanosleep $retval");
    print("deleted+recreated, before enable:");
    profile();
    enable(true);
    rig.sleepAndReturn(SLEEPERS);
    profile();
  }

  /** A filter that matches nothing, and tracing switched off, keep hits from the trace alone. */
  private void filter() {
    define("r64:ns hrtimer_nanosleep arg1=$retval");
    events.record(false);
    print("filter matches nothing, 10 calls");
    rig.sleepAndReturn(SLEEPERS);
    profile();
    print(String.valueOf(events.traced()));
    print("tracing_on=0, 10 more calls");
    rig.sleepAndReturn(SLEEPERS);
    profile();
  }

  private void forks() {
    print("10 forks inside one process + the shell fork/exec of it");
    define("r64:kc kernel_clone $retval");
    rig.forks(SLEEPERS + 1);
    enable(false);
    profile();
    trace("kc");
  }

  private void twoEvents() {
    define("r2:a " + SLEEP, "r6:b " + SLEEP, "p:c " + SLEEP);
    rig.sleepAndReturn(SLEEPERS);
    profile();
  }

  private void multiprobe() {
    define("r3:mp hrtimer_nanosleep", "r5:mp do_nanosleep");
    events.listing().lines().forEach(this::print);
    rig.sleepAndReturn(SLEEPERS);
    profile();
  }

  private void module() {
    rig.insertModule();
    define("r4:vic kro_vic:vic_target $retval", "r4:vic2 vic_target");
    rig.fire(5);
    profile();
    rig.removeModule();
    print("after rmmod");
    profile();
    rig.insertModule();
    print("after insmod");
    profile();
    rig.fire(5);
    print("after 5 calls");
    profile();
    trace("vic2?");
    if (observed != null && observed.toString().contains("accepted before module load")) {
      enable(false);
      events.truncate();
      rig.removeModule();
      events.write("r4:vic kro_vic:vic_target $retval");
      print("accepted before module load");
      enable(true);
      rig.insertModule();
      rig.fire(3);
      profile();
    }
  }

  private void recursion() {
    define("r3:rec kro_t_rec $retval");
    rig.callDriver("rec");
    profile();
    events.trace().lines().forEach(this::print);
  }
}
