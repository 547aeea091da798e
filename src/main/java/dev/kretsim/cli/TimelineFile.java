package dev.kretsim.cli;

import dev.kretsim.explain.Timeline;
import dev.kretsim.files.OutputFile;
import dev.kretsim.report.explain.Perfetto;
import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** Files that {@code --perfetto} writes. */
final class TimelineFile {
  private TimelineFile() {}

  /** Writes it, and says what it leaves out. */
  static void write(OutputFile file, Timeline timeline, CommandSpec spec) throws IOException {
    file.write(out -> Perfetto.write(timeline, out));
    if (timeline.callsLeftOut() > 0) {
      spec.commandLine()
          .getErr()
          .printf(
              Locale.ROOT,
              "%s: holds the first %d events, %d calls are left out%n",
              file,
              Timeline.MAX_EVENTS,
              timeline.callsLeftOut());
    }
  }
}
