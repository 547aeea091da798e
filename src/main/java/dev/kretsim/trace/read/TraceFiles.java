package dev.kretsim.trace.read;

import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.text.LineReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The opened files of a source. */
final class TraceFiles implements Closeable {
  private final List<LineReader> readers = new ArrayList<>();
  private final List<TraceLines> lines = new ArrayList<>();

  private TraceFiles() {}

  static TraceFiles open(TraceSource source) throws IOException {
    TraceFiles files = new TraceFiles();
    try {
      for (TraceSource part : source.parts()) {
        LineReader reader = new LineReader(part.name(), part.open());
        files.readers.add(reader);
        files.lines.add(new TraceLines(part.name(), reader));
      }
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
    return files;
  }

  List<TraceLines> lines() {
    return lines;
  }

  @Override
  public void close() throws IOException {
    for (LineReader reader : readers) {
      reader.close();
    }
  }
}
