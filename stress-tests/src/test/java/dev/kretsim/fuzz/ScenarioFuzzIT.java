package dev.kretsim.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.workload.scenario.ScenarioReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Whatever bytes a scenario has, it is read or refused. */
class ScenarioFuzzIT {
  @FuzzTest(maxDuration = "1m")
  void aScenarioIsReadOrRefused(byte[] bytes) throws IOException {
    try {
      ScenarioReader.read("fuzzed", new ByteArrayInputStream(bytes)).stepsOfCalls();
    } catch (BadInputException refused) {
      Refusals.check(refused);
    }
  }
}
