package dev.kretsim.report.explain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.kretsim.explain.Timeline;
import dev.kretsim.explain.Timeline.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.Map;

/**
 * A timeline in the Trace Event Format that Perfetto and Chrome read: one process for the tasks,
 * one for the CPUs. Both have numbers beyond any task's, as viewers take the two for one kind.
 */
public final class Perfetto {
  private static final int TASKS = 1 << 24;
  private static final int CPUS = 1 << 25;
  private static final JsonFactory JSON = new JsonFactory();

  private Perfetto() {}

  /** Writes all of it; {@code out} stays open. */
  public static void write(Timeline timeline, OutputStream out) throws IOException {
    try (JsonGenerator json =
        JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      json.writeStartObject();
      json.writeStringField("displayTimeUnit", "ns");
      json.writeArrayFieldStart("traceEvents");
      name(json, "process_name", TASKS, TASKS, "tasks");
      name(json, "process_name", CPUS, CPUS, "CPUs");
      for (Map.Entry<Integer, String> task : timeline.tasks().entrySet()) {
        name(json, "thread_name", TASKS, task.getKey(), task.getValue());
      }
      for (int cpu = 0; cpu < timeline.cpus(); cpu++) {
        name(json, "thread_name", CPUS, cpuRow(cpu), "cpu " + cpu);
      }
      for (Event event : timeline.events()) {
        write(json, event);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void name(JsonGenerator json, String kind, int process, int row, String name)
      throws IOException {
    begin(json, kind, "M", 0, process, row);
    json.writeObjectFieldStart("args");
    json.writeStringField("name", name);
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Event event) throws IOException {
    boolean onCpu = event.track() == Timeline.Track.CPU;
    int process = event.track() == Timeline.Track.TASK ? TASKS : CPUS;
    int row =
        switch (event.track()) {
          case TASK -> event.row();
          case CPU -> cpuRow(event.row());
          case COUNTER, GLOBAL -> CPUS;
        };
    switch (event.kind()) {
      case BEGIN -> {
        begin(json, event.name(), "B", event.atNs(), process, row);
        if (!onCpu) {
          number(json, "argument", event.value());
        }
      }
      case END -> begin(json, event.name(), "E", event.atNs(), process, row);
      case INSTANT -> {
        begin(json, event.name(), "i", event.atNs(), process, row);
        json.writeStringField("s", event.track() == Timeline.Track.GLOBAL ? "g" : "t");
      }
      case VALUE -> {
        begin(json, event.name(), "C", event.atNs(), process, row);
        number(json, "instances", event.value());
      }
    }
    json.writeEndObject();
  }

  private static void begin(
      JsonGenerator json, String name, String phase, long atNs, int process, int row)
      throws IOException {
    json.writeRaw('\n');
    json.writeStartObject();
    if (!name.isEmpty()) {
      json.writeStringField("name", name);
    }
    json.writeStringField("ph", phase);
    json.writeFieldName("ts");
    json.writeNumber(BigDecimal.valueOf(atNs, 3)); // microseconds
    json.writeNumberField("pid", process);
    json.writeNumberField("tid", row);
  }

  private static void number(JsonGenerator json, String name, long value) throws IOException {
    json.writeObjectFieldStart("args");
    json.writeNumberField(name, value);
    json.writeEndObject();
  }

  private static int cpuRow(int cpu) {
    return CPUS + 1 + cpu;
  }
}
