package dev.kretsim.cli;

import dev.kretsim.explain.Timeline;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.report.explain.Perfetto;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import picocli.CommandLine.Model.CommandSpec;

/** Files that {@code --perfetto} writes: whole, or not at all. */
final class TimelineFile {
  private TimelineFile() {}

  /**
   * Says early what would only fail after the run.
   *
   * @throws BadInputException if no file can be written there
   */
  static void requireWritable(Path file) {
    Path folder = folderOf(file);
    if (Files.isDirectory(file) || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new BadInputException(
          "--perfetto needs a file in a folder that can be written to: " + file);
    }
  }

  /** Writes to a temporary name beside the file, then moves it there. */
  static void write(Path file, Timeline timeline, CommandSpec spec) throws IOException {
    String name = ".%s.%d.part".formatted(file.getFileName(), ProcessHandle.current().pid());
    Path unfinished = folderOf(file).resolve(name);
    try {
      try (OutputStream out = Files.newOutputStream(unfinished)) {
        Perfetto.write(timeline, out);
      }
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    if (timeline.callsLeftOut() > 0) {
      spec.commandLine()
          .getErr()
          .printf(
              "%s: holds the first %d events, %d calls are left out%n",
              file, Timeline.MAX_EVENTS, timeline.callsLeftOut());
    }
  }

  private static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file.toAbsolutePath() : folder;
  }
}
