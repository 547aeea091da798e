package dev.kretsim.conform.tracefs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kretsim.conform.recording.Comparison.Difference;
import dev.kretsim.conform.recording.UnreplayableException;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.tracefs.event.ProbeEvents.Profile;
import dev.kretsim.workload.drive.Kthread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replays what user processes, events and their counters did on one recorded kernel. */
public final class TracefsReplay {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int HELD = 20;

  /** A line of the trace: event, where it came from, and what was fetched. */
  private static final Pattern TRACED =
      Pattern.compile("\\s*\\S+-\\d+ +\\[\\d+] \\S+ +[0-9.]+: (\\w+): \\((.*)\\)(.*)");

  private static final Pattern HEX = Pattern.compile("=0x([0-9a-f]+)");

  private final String id;
  private final JsonNode setup;
  private final JsonNode run;
  private final MachineSpec machine;
  private final List<Difference> differences = new ArrayList<>();

  private TracefsReplay(String id, JsonNode setup, JsonNode run, MachineSpec machine) {
    this.id = id;
    this.setup = setup;
    this.run = run;
    this.machine = machine;
  }

  /**
   * What differs.
   *
   * @param id of the recording
   * @param setup of it
   * @param run what was recorded on that machine
   * @throws UnreplayableException if nobody knows what its script did
   */
  public static List<Difference> differences(
      String id, JsonNode setup, JsonNode run, MachineSpec machine) {
    TracefsReplay replay = new TracefsReplay(id, setup, run, machine);
    if (id.startsWith("tracefs_hold_")) {
      replay.hold();
    } else if (id.startsWith("tracefs_schedule_")) {
      replay.schedule();
    } else if (id.equals("tracefs_do_exit")) {
      replay.exits();
    } else if (id.equals("tracefs_mixed_workload")) {
      replay.mixedWorkload();
    } else if (id.equals("fprobe_return_pool")) {
      replay.returnPools();
    } else {
      replay.script();
    }
    return replay.differences;
  }

  private void hold() {
    EventsRig rig = new EventsRig(machine);
    int maxactive = setup.path("maxactive").asInt();
    String line = "r%s:ns hrtimer_nanosleep $retval".formatted(maxactive > 0 ? maxactive : "");
    rig.events.write(line);
    rig.events.enable(null, null, true);
    rig.fallAsleep(setup.path("tasks").asInt(HELD));
    compareCounts("during_hold", run.path("during_hold"), only(rig));
    rig.wakeAll();
    compareCounts("after_all_returned", run.path("after_all_returned"), only(rig));
    compare("return_events_in_trace", rig.events.traced());
    compare("kprobe_events_line_shown", rig.events.listing().strip());
    rig.checkLaws();
  }

  private static Profile only(EventsRig rig) {
    return rig.events.profile().get(0);
  }

  private void compareCounts(String name, JsonNode expected, Profile actual) {
    compare(name + ".hits", expected.path("hits"), NODES.numberNode(actual.hits()));
    compare(name + ".missed", expected.path("missed"), NODES.numberNode(actual.missed()));
  }

  private void compare(String field, long actual) {
    compare(field, run.path(field), NODES.numberNode(actual));
  }

  private void compare(String field, String actual) {
    compare(field, run.path(field), TextNode.valueOf(actual));
  }

  private void compare(String field, JsonNode expected, JsonNode actual) {
    if (!expected.asText().equals(actual.asText()) || expected.isMissingNode()) {
      differences.add(new Difference(field, expected, actual));
    }
  }

  /** Someone reaches the function, or leaves it. */
  private record Moment(long us, boolean arrives, int id) {}

  private void schedule() {
    List<Moment> moments = new ArrayList<>();
    for (JsonNode arrival : setup.path("arrivals")) {
      int who = arrival.get(0).asInt();
      long from = arrival.get(1).asLong();
      moments.add(new Moment(from, true, who));
      moments.add(new Moment(from + arrival.get(2).asLong(), false, who));
    }
    moments.sort(Comparator.comparingLong(Moment::us).thenComparing(Moment::arrives));
    for (JsonNode small : run.path("runs_with_small_pools")) {
      String name = "maxactive " + small.path("maxactive").asInt();
      // Some came late in that run, when exactly was not recorded: only their number is known.
      boolean onTime = small.path("equals_counting_model").asBoolean(true);
      Profile actual = schedule(moments, small.path("maxactive").asInt());
      if (onTime) {
        compareCounts(name, small, actual);
      } else {
        long calls = small.path("hits").asLong() + small.path("missed").asLong();
        compare(name + ".calls", NODES.numberNode(calls), NODES.numberNode(moments.size() / 2));
      }
    }
  }

  private Profile schedule(List<Moment> moments, int maxactive) {
    EventsRig rig = new EventsRig(machine);
    rig.events.write("r%d:ret hrtimer_nanosleep ret=$retval".formatted(maxactive));
    rig.events.enable(null, null, true);
    Map<Integer, Kthread> processes = new HashMap<>();
    for (Moment moment : moments) {
      Kthread process = processes.computeIfAbsent(moment.id(), first -> rig.sleeper("wl" + first));
      if (moment.arrives()) {
        rig.fallAsleep(process);
      } else {
        rig.wake(process);
      }
    }
    rig.checkLaws();
    return only(rig);
  }

  /** Where instances come back at once, nothing is missed; elsewhere RCU decides how many are. */
  private void exits() {
    boolean atOnce = machine.version().pool().locked();
    int calls = 0;
    int maxactive = 0;
    for (JsonNode one : run.path("observed")) {
      String text = one.path("text").asText();
      Matcher start = Pattern.compile("do_exit maxactive=(\\d+):.*").matcher(text);
      if (start.matches()) {
        maxactive = Integer.parseInt(start.group(1));
        calls = 11; // ten children and their parent
      } else if (one.has("profile")) {
        Profile here = exitsHere(maxactive, calls);
        long missed = one.path("profile").path("missed").asLong();
        compare("profile.hits", one.path("profile").path("hits"), NODES.numberNode(here.hits()));
        if (atOnce ? missed != here.missed() : missed > calls - maxactive) {
          differences.add(
              new Difference(
                  "profile.missed",
                  one.path("profile").path("missed"),
                  NODES.numberNode(atOnce ? here.missed() : calls - maxactive)));
        }
      } else {
        calls += 22; // twenty children, their parent, and a sleep
      }
    }
  }

  private Profile exitsHere(int maxactive, int calls) {
    EventsRig rig = new EventsRig(machine);
    rig.events.write("r%d:ex do_exit".formatted(maxactive));
    rig.events.enable(null, null, true);
    rig.exit(calls);
    rig.gracePeriod();
    rig.checkLaws();
    return only(rig);
  }

  /** The workload is not in the recording: what can be compared is that nothing got lost. */
  private void mixedWorkload() {
    Map<String, Long> entered = new HashMap<>();
    for (JsonNode one : run.path("big_pool")) {
      String event = one.path("event").asText();
      long hits = one.path("hits").asLong() + one.path("missed").asLong();
      if (event.endsWith("_in")) {
        entered.put(event.substring(0, event.length() - 3), hits);
      } else {
        String function = event.substring(0, event.length() - 4);
        long calls = entered.getOrDefault(function, 0L);
        if (hits != calls || one.path("missed").asLong() > 0) {
          differences.add(new Difference(event, one.path("hits"), NODES.numberNode(calls)));
        }
      }
    }
    if (entered.isEmpty()) {
      throw new UnreplayableException("has no counts to compare");
    }
  }

  /** Of return probes through fprobe only the kretprobe beside them is a kprobe's matter. */
  private void returnPools() {
    for (JsonNode one : run.path("observed")) {
      if (one.path("definition").asText().startsWith("r")) {
        EventsRig rig = new EventsRig(machine);
        rig.events.write(one.path("definition").asText());
        rig.events.enable(null, null, true);
        setup.path("sleepers").forEach(count -> rig.sleepAndReturn(count.asInt()));
        compareCounts("profile", one.path("profile"), only(rig));
        compare("listing", one.path("listing"), TextNode.valueOf(rig.events.listing().strip()));
        compare(
            "returns_in_trace",
            one.path("returns_in_trace"),
            NODES.numberNode(rig.events.traced()));
      }
    }
  }

  private void script() {
    JsonNode observed = run.path("observed");
    List<String> printed =
        CounterScripts.run(id, new EventsRig(machine), observed)
            .orElseThrow(() -> new UnreplayableException("what its script did was not recorded"));
    compare("lines", NODES.numberNode(observed.size()), NODES.numberNode(printed.size()));
    for (int i = 0; i < Math.min(observed.size(), printed.size()); i++) {
      compareLine("line " + i, observed.get(i), printed.get(i));
    }
  }

  private void compareLine(String field, JsonNode expected, String actual) {
    JsonNode counts = expected.path("profile");
    if (counts.isObject()) {
      String text =
          "%s %d %d"
              .formatted(
                  counts.path("event").asText(),
                  counts.path("hits").asLong(),
                  counts.path("missed").asLong());
      compare(field, TextNode.valueOf(text), TextNode.valueOf(actual.replaceAll(" +", " ")));
      return;
    }
    Matcher there = TRACED.matcher(expected.path("text").asText());
    Matcher here = TRACED.matcher(actual);
    if (there.matches() && here.matches()) {
      compare(field, TextNode.valueOf(essence(there)), TextNode.valueOf(essence(here)));
    } else {
      compare(field, expected.path("text"), TextNode.valueOf(actual));
    }
  }

  /** What of a traced line does not depend on that boot: pids, times and its callers' code. */
  private static String essence(Matcher traced) {
    String place = traced.group(2);
    boolean hidden = place.startsWith("[unknown/kretprobe'd]");
    String function = place.substring(place.indexOf("<- ") + 3);
    boolean isPid = function.equals("kernel_clone");
    return traced.group(1)
        + " "
        + hidden
        + " "
        + function
        + (isPid ? "" : decimal(traced.group(3)));
  }

  /** Modules built with type information show signed numbers, others hexadecimal ones. */
  private static String decimal(String arguments) {
    return HEX.matcher(arguments).replaceAll(hex -> "=" + Long.parseUnsignedLong(hex.group(1), 16));
  }
}
