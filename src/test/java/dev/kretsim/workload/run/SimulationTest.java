package dev.kretsim.workload.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.lock.LockDesign;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.pool.PoolDesigns;
import dev.kretsim.probe.Tally;
import dev.kretsim.workload.random.Distribution;
import dev.kretsim.workload.run.RunResult.ProbeResult;
import dev.kretsim.workload.scenario.Scenario;
import dev.kretsim.workload.scenario.ScenarioReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole runs, in virtual time and on real threads: the laws are checked at the end of each. */
class SimulationTest {
  private static Scenario scenario(boolean realTime, int cpus, int tasks, long calls) {
    return new Scenario(
        KernelVersion.newest(),
        Arch.X86_64,
        cpus,
        null,
        null,
        LockDesigns.QUEUED,
        realTime,
        1,
        List.of(
            new Scenario.FunctionSpec(
                "read",
                List.of(
                    new Scenario.StepSpec.Call("inner"),
                    new Scenario.StepSpec.Sleep(Distribution.parse("exponential(mean=20us)"))),
                42),
            new Scenario.FunctionSpec(
                "inner", List.of(new Scenario.StepSpec.Spin(Distribution.parse("50ns"))), 1)),
        List.of(
            new Scenario.ProbeSpec.OnReturn("read", 4, 8, new Scenario.EntryRule.Accept()),
            new Scenario.ProbeSpec.OnReturn("inner", 1, 0, new Scenario.EntryRule.Absent()),
            new Scenario.ProbeSpec.OnEntry("inner", 0)),
        List.of(
            new Scenario.LoadSpec(
                tasks,
                "reader",
                "read",
                0,
                OptionalLong.of(calls),
                OptionalLong.empty(),
                Distribution.parse("exponential(mean=5us)"))),
        List.of());
  }

  private static Scenario with(Scenario scenario, KernelVersion version, Arch arch) {
    return new Scenario(
        version,
        arch,
        scenario.cpus(),
        scenario.preempt(),
        scenario.pool(),
        scenario.lock(),
        scenario.realTime(),
        scenario.seed(),
        scenario.functions(),
        scenario.probes(),
        scenario.load(),
        scenario.events());
  }

  private static Tally tally(RunResult result) {
    return ((ProbeResult.OnReturn) result.probes().get(0)).tally();
  }

  static Stream<Arguments> kernels() {
    return Stream.of(KernelVersion.values())
        .flatMap(version -> Stream.of(Arch.values()).map(arch -> Arguments.of(version, arch)));
  }

  static List<PoolDesign> pools() {
    return PoolDesigns.shipped();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("kernels")
  void everyCallIsAccountedForInVirtualTime(KernelVersion version, Arch arch) {
    Tally tally = tally(Simulation.run(with(scenario(false, 3, 20, 50), version, arch)));
    assertThat(tally.entries()).isEqualTo(1000);
    assertThat(tally.handled() + tally.missed()).isEqualTo(1000);
    assertThat(tally.missed()).isPositive();
    assertThat(tally.free()).isEqualTo(4);
  }

  @ParameterizedTest
  @MethodSource("pools")
  void everyCallIsAccountedForOnRealThreads(PoolDesign pool) {
    Scenario base = scenario(true, 4, 16, 200);
    for (LockDesign lock : pool.locked() ? LockDesigns.shipped() : List.of(LockDesigns.QUEUED)) {
      Scenario wanted =
          new Scenario(
              base.kernel(),
              base.arch(),
              base.cpus(),
              base.preempt(),
              pool,
              lock,
              true,
              base.seed(),
              base.functions(),
              base.probes(),
              base.load(),
              base.events());
      RunResult result = Simulation.run(wanted);
      Tally tally = tally(result);
      assertThat(tally.entries()).isEqualTo(3200);
      assertThat(tally.handled() + tally.missed()).isEqualTo(3200);
      assertThat(tally.free()).isEqualTo(4);
      ProbeResult.OnReturn read = (ProbeResult.OnReturn) result.probes().get(0);
      if (pool.locked()) {
        assertThat(read.nmissed()).isEqualTo(tally.missed());
      } else {
        assertThat(read.nmissed()).isLessThanOrEqualTo(tally.missed());
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameRunToTheLastBit() {
    RunResult first = Simulation.run(scenario(false, 4, 30, 40));
    RunResult second = Simulation.run(scenario(false, 4, 30, 40));
    assertThat(second.elapsedNs()).isEqualTo(first.elapsedNs());
    assertThat(second.probes()).isEqualTo(first.probes());
  }

  @Test
  void whoIsInsideDoesNotDependOnMaxactive() {
    Scenario base = scenario(false, 2, 12, 30);
    long elapsed = Simulation.run(base).elapsedNs();
    long lastMissed = Long.MAX_VALUE;
    for (int maxactive : new int[] {1, 2, 4, 8, 12}) {
      RunResult result = Simulation.run(base.withMaxactive(maxactive));
      assertThat(result.elapsedNs()).isEqualTo(elapsed);
      assertThat(tally(result).missed()).isLessThan(lastMissed);
      lastMissed = tally(result).missed();
    }
    assertThat(lastMissed).isZero();
  }

  @Test
  void sixtyFourTasksOnTwoCpusSleepAndMoveInBothKindsOfTime() {
    for (boolean realTime : new boolean[] {false, true}) {
      Tally tally = tally(Simulation.run(scenario(realTime, 2, 64, 20)));
      assertThat(tally.entries()).isEqualTo(1280);
      assertThat(tally.stillInside()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Scenario.EventSpec.OfProbe.Action.class)
  void eventsReachTheProbeWhileTheLoadRuns(Scenario.EventSpec.OfProbe.Action action) {
    for (boolean realTime : new boolean[] {false, true}) {
      Scenario base = scenario(realTime, 2, 8, 100);
      Scenario acting =
          new Scenario(
              base.kernel(),
              base.arch(),
              base.cpus(),
              base.preempt(),
              base.pool(),
              base.lock(),
              realTime,
              base.seed(),
              base.functions(),
              base.probes(),
              base.load(),
              List.of(new Scenario.EventSpec.OfProbe(500_000, action, "read")));
      Tally tally = tally(Simulation.run(acting));
      if (action == Scenario.EventSpec.OfProbe.Action.ENABLE) {
        assertThat(tally.entries()).isEqualTo(800);
      } else {
        assertThat(tally.entries()).isLessThan(800);
      }
    }
  }

  /** All instances are held by tasks that would sleep for an hour. */
  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("kernels")
  void whatKilledTasksHeldIsFlushed(KernelVersion version, Arch arch) throws IOException {
    for (String time : List.of("virtual", "real")) {
      RunResult result =
          run(
              """
              kernel: "%s"
              arch: %s
              cpus: 2
              time: %s
              functions: [{name: f, body: [call g]}, {name: g, body: [sleep 3600s]}, {name: h, body: []}]
              probes: [{kretprobe: g, maxactive: 3}, {kretprobe: h, maxactive: 3}]
              load:
                - {tasks: 3, comm: victim, call: f, calls: 1}
                - {tasks: 1, comm: other, call: h, calls: 40, think: 1ms}
                - {tasks: 1, comm: late, call: f, calls: 1, think: 1ms}
              events: [{at: 10ms, do: kill-task victim}, {at: 40ms, do: kill-task late}]
              """
                  .formatted(version.label(), arch.label(), time));
      Tally tally = tally(result);
      if (time.equals("virtual")) { // real threads may be killed before they have called
        assertThat(tally.flushed()).isEqualTo(3);
        assertThat(tally.missed()).isEqualTo(1);
      }
      assertThat(tally.flushed() + tally.missed()).isEqualTo(tally.entries());
      assertThat(tally.stillInside()).isZero();
      assertThat(tally.free()).isEqualTo(3);
      assertThat(result.elapsedNs()).isLessThan(3_600_000_000_000L);
    }
  }

  private static RunResult run(String yaml) throws IOException {
    return Simulation.run(
        ScenarioReader.read(
            "s.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void whatAnEntryHandlerCallsIsNotFollowed() throws IOException {
    String yaml =
        """
        functions: [{name: f, body: [call g]}, {name: g, body: [spin 1us]}]
        probes: [{kretprobe: g, maxactive: 5}, {kretprobe: f, maxactive: 5, entry_handler: call g}]
        load: [{tasks: 3, call: f, calls: 4}]
        """;
    RunResult result = run(yaml);
    Tally inner = tally(result);
    assertThat(inner.nested()).isEqualTo(12);
    assertThat(inner.handled()).isEqualTo(12);
    assertThat(result.probes().get(0).kpNmissed()).isEqualTo(12);
  }
}
