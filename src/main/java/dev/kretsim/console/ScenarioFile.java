package dev.kretsim.console;

import dev.kretsim.files.FileName;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.workload.scenario.Scenario;
import dev.kretsim.workload.scenario.ScenarioReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Scenarios that users name. */
public final class ScenarioFile {
  private ScenarioFile() {}

  /**
   * Reads a scenario.
   *
   * @throws BadInputException if there is no such file, or it is no scenario
   */
  public static Scenario read(Path file) {
    if (Files.isDirectory(file)) {
      throw new BadInputException(file + ": is a directory; expected a scenario file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return ScenarioReader.read(file.toString(), in);
    } catch (NoSuchFileException e) {
      String hint = file.toString().equals("-") ? "; standard input is /dev/stdin" : "";
      throw new BadInputException(file + ": no such scenario file" + hint);
    } catch (IOException e) {
      throw new BadInputException(file + ": cannot be read: " + FileName.reason(e));
    }
  }
}
