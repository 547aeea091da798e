package dev.kretsim.examples;

import dev.kretsim.workload.run.RunResult;
import dev.kretsim.workload.run.Simulation;
import dev.kretsim.workload.scenario.Scenario;
import dev.kretsim.workload.scenario.ScenarioReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** A scenario in code. */
final class ScenarioInCode {
  private ScenarioInCode() {}

  static void run() throws Exception {
    // begin
    String yaml =
        """
        cpus: 2
        functions: [{name: slow_read, body: [sleep fixed(1ms)]}]
        probes: [{kretprobe: slow_read, maxactive: 2}]
        load: [{tasks: 3, comm: reader, call: slow_read, calls: 10}]
        """;
    byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
    Scenario scenario = ScenarioReader.read("mine", new ByteArrayInputStream(bytes));
    RunResult result = Simulation.run(scenario);
    for (RunResult.ProbeResult probe : result.probes()) {
      System.out.println(((RunResult.ProbeResult.OnReturn) probe).tally());
    }
    // end
  }
}
