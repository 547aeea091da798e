package dev.kretsim.trace.read;

import dev.kretsim.trace.Samples;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.histogram.HoldHistogram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Histograms as {@code plan} gets them: from files whose form is told by their text. */
final class Holds {
  private Holds() {}

  static HoldHistogram.Reading of(Path... files) {
    TraceSource source = Samples.source(files);
    return HoldReader.read(source, TraceContent.of(source, null).format());
  }

  /** Of a text, which is written into a file of that folder. */
  static HoldHistogram.Reading of(Path folder, String text) throws IOException {
    return of(Files.writeString(folder.resolve("t.txt"), text));
  }
}
