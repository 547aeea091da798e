package dev.kretsim.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;

/** How results become JSON: one object with its schema first, indented, numbers plain. */
public final class JsonForm {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonForm() {}

  /** A new result of that schema, such as {@code kretsim.plan/1}. */
  public static ObjectNode result(String schema) {
    return MAPPER.createObjectNode().put("schema", schema);
  }

  /** The text, ended by a newline. */
  public static String text(ObjectNode result) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
