package dev.kretsim.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Map;

/** How results become JSON: one object with its schema first, indented, numbers plain. */
public final class JsonForm {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonForm() {}

  /** A new result of that schema, such as {@code kretsim.plan/1}. */
  public static ObjectNode result(String schema) {
    return MAPPER.createObjectNode().put("schema", schema);
  }

  /** A new object, to be part of a result. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The text, ended by a newline. */
  public static String text(ObjectNode result) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(finite(result)) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes the same text where one array of many objects is the last of a result's fields: without
   * having them all at once.
   *
   * @param result all other fields
   * @param last what the array is called
   */
  public static void write(
      ObjectNode result, String last, Iterable<ObjectNode> objects, Writer writer) {
    try (JsonGenerator json =
        MAPPER
            .writerWithDefaultPrettyPrinter()
            .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .createGenerator(writer)) {
      json.writeStartObject();
      for (Map.Entry<String, JsonNode> field : result.properties()) {
        json.writeFieldName(field.getKey());
        MAPPER.writeTree(json, finite(field.getValue()));
      }
      json.writeArrayFieldStart(last);
      for (ObjectNode object : objects) {
        MAPPER.writeTree(json, finite(object));
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** JSON knows neither infinity nor NaN: such a number is unknown, which is null. */
  private static JsonNode finite(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().forEach(field -> field.setValue(finite(field.getValue())));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, finite(array.get(i)));
      }
    }
    boolean number = !node.isDouble() || Double.isFinite(node.doubleValue());
    return number ? node : NullNode.getInstance();
  }
}
