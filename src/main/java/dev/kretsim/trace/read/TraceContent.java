package dev.kretsim.trace.read;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.calls.CallsFile;
import dev.kretsim.trace.graph.Columns;
import dev.kretsim.trace.text.Line;
import dev.kretsim.trace.text.LineReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a source holds, as far as its first lines tell.
 *
 * @param format its format
 * @param kind what it can tell: that of the format, except that a function_graph trace without
 *     absolute time tells holds and no arrivals
 */
public record TraceContent(TraceFormat format, TraceFormat.Kind kind) {
  /**
   * Looks at the first lines.
   *
   * @param wanted null: told by content
   * @throws BadInputException when this is nothing that is read
   */
  public static TraceContent of(TraceSource source, @Nullable TraceFormat wanted) {
    if (CallsFile.isOne(source)) {
      return of(TraceFormat.CALLS);
    }
    TraceSource first = source.parts().get(0);
    try (LineReader reader = new LineReader(first.name(), first.open())) {
      TraceLines lines = new TraceLines(first.name(), reader);
      try {
        return look(reader, lines, wanted);
      } catch (BadInputException e) {
        throw lines.located(e);
      }
    } catch (IOException e) {
      throw new BadInputException(first.name() + ": cannot be read: " + e.getMessage());
    }
  }

  private static TraceContent of(TraceFormat format) {
    return new TraceContent(format, format.kind());
  }

  private static TraceContent look(
      LineReader reader, TraceLines lines, @Nullable TraceFormat wanted) {
    if (!lines.next()) {
      throw new BadInputException(lines.source() + ": is empty; expected a trace");
    }
    TraceFormat format = wanted != null ? wanted : lines.detect();
    if (format == null) {
      return of(TraceFormat.EVENTS);
    }
    if (format == TraceFormat.FUNCTION_GRAPH && !tellsTime(reader)) {
      return new TraceContent(format, TraceFormat.Kind.HOLDS);
    }
    return of(format);
  }

  private static boolean tellsTime(LineReader reader) {
    Columns columns = new Columns();
    do {
      Line line = reader.line();
      int first = line.skipBlanks(0);
      if (columns.read(line, first) == Columns.Kind.CALL
          && line.at(first) != '#'
          && (columns.cpu != Line.NONE || columns.timeNs != Line.NONE)) {
        return columns.timeNs != Line.NONE;
      }
    } while (reader.next());
    return true;
  }
}
