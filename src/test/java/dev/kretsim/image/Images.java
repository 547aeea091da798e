package dev.kretsim.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.cli.ConsoleRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** Small images that were assembled from the sources beside them, and what is said of them. */
final class Images {
  private Images() {}

  static byte[] fixture(String name) {
    try (InputStream file = Images.class.getResourceAsStream("/image/" + name)) {
      return file.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static JsonNode json(ConsoleRun run) {
    assertThat(run.err()).doesNotContain("error");
    try {
      return new ObjectMapper().readTree(run.out());
    } catch (IOException notJson) {
      throw new UncheckedIOException(run.out() + run.err(), notJson);
    }
  }

  /** Accepted offsets with their flavours, refusals but those inside of instructions. */
  static String answers(JsonNode function) {
    Map<Integer, String> answers = new TreeMap<>();
    for (JsonNode point : function.path("points")) {
      int rc = point.path("rc").asInt();
      if (rc == 0) {
        answers.put(point.path("offset").asInt(), point.path("flavour").asText());
      } else if (rc != -84) {
        answers.put(point.path("offset").asInt(), String.valueOf(rc));
      }
    }
    return answers.toString().replaceAll("[{},]", "");
  }

  static JsonNode function(JsonNode json, String name) {
    for (JsonNode function : json.path("functions")) {
      if (function.path("symbol").asText().equals(name)) {
        return function;
      }
    }
    throw new AssertionError(name + " is not in " + json);
  }
}
