package dev.kretsim.report.events;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.probe.Errno;
import dev.kretsim.report.JsonForm;
import dev.kretsim.tracefs.event.Written;
import dev.kretsim.tracefs.fetch.TraceError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines and what became of them, as text and as JSON of schema {@code kretsim.events/1}.
 *
 * @param kernel its label
 * @param arch its label
 */
public record CheckReport(String kernel, String arch, List<Line> lines) {
  private static final String INDENT = "  ";

  /** A line, its number in the file, and our advice. */
  public record Line(int number, Written written, @Nullable String advice) {}

  /** Whether all lines were accepted. */
  public boolean allAccepted() {
    return lines.stream().allMatch(line -> line.written().accepted());
  }

  /** For a terminal: each line, the error log's entry with its caret, and what to write instead. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      Written written = line.written();
      text.append(written.command()).append('\n');
      if (written.accepted()) {
        String shown = written.readback() == null ? "" : ", reads back as " + written.readback();
        text.append(INDENT).append("accepted").append(shown).append('\n');
      } else {
        refusal(written, text);
      }
      if (line.advice() != null) {
        text.append(INDENT).append(line.advice()).append('\n');
      }
    }
    long refused = lines.stream().filter(line -> !line.written().accepted()).count();
    return text.append(
            "%nkernel %s on %s: %d accepted, %d refused%n"
                .formatted(kernel, arch, lines.size() - refused, refused))
        .toString();
  }

  private static void refusal(Written written, StringBuilder text) {
    TraceError error = written.error();
    if (error != null && written.caret() >= 0) {
      text.append(" ".repeat(written.caret())).append("^\n");
    }
    String words = error == null ? "nothing in error_log" : wordsOf(error);
    text.append(INDENT).append("refused with %s: %s%n".formatted(written.errno(), words));
  }

  private static String wordsOf(TraceError error) {
    return error.text() == null ? error.name() : error.text() + " (" + error.name() + ")";
  }

  /** As JSON, ended by a newline. */
  public String json() {
    ObjectNode json = JsonForm.result("kretsim.events/1");
    json.put("kernel", kernel).put("arch", arch);
    ArrayNode array = json.putArray("lines");
    for (Line line : lines) {
      Written written = line.written();
      Errno errno = written.errno();
      TraceError error = written.error();
      ObjectNode one = array.addObject();
      one.put("line", written.line());
      one.put("number", line.number());
      one.put("accepted", written.accepted());
      one.put("errno", errno == null ? null : errno.name());
      one.put("error", error == null ? null : error.name());
      one.put("text", error == null ? null : error.text());
      if (written.caret() >= 0) {
        one.put("caret", written.caret());
      } else {
        one.putNull("caret");
      }
      one.put("readback", written.readback());
      one.put("advice", line.advice());
    }
    return JsonForm.text(json);
  }
}
