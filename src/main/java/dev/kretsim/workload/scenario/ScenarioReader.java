package dev.kretsim.workload.scenario;

import dev.kretsim.files.yaml.YamlFile;
import dev.kretsim.kernel.BadInputException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads scenario files. What is unknown, given twice or out of its bounds is an error with its line
 * and column: a typo must not run another scenario.
 */
public final class ScenarioReader {
  private static final String BUILT_IN = "default-scenario.yaml";

  private ScenarioReader() {}

  /**
   * {@return the scenario that runs when none is named: more readers than instances}
   *
   * @throws IOException if it cannot be read
   */
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
   * @param in YAML, as {@link #schema} says
   * @return the scenario
   * @throws BadInputException if it is not one
   * @throws IOException if the stream cannot be read
   */
  public static Scenario read(String name, InputStream in) throws IOException {
    YamlFile<Scenario> file = YamlFile.read(name, "scenario", in, ScenarioShape.SCENARIO);
    new ScenarioChecks(file).check();
    return file.content();
  }

  /** {@return a JSON schema for scenario files, with every key, its bounds and what it means} */
  public static String schema() {
    return YamlFile.schema("kretsim scenario", ScenarioShape.SCENARIO);
  }
}
