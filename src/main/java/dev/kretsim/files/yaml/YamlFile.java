package dev.kretsim.files.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.kernel.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** What was read from a YAML file, and where in it each part stood. */
public final class YamlFile<T> {
  /** Far beyond what anybody writes; keeps a wrong file from filling the memory. */
  private static final int MAX_BYTES = 1 << 20;

  private static final int MAX_NESTING = 20;

  private final T content;
  private final Map<Object, Place> places;
  private final Place whole;

  private YamlFile(T content, Map<Object, Place> places, Place whole) {
    this.content = content;
    this.places = places;
    this.whole = whole;
  }

  /**
   * Reads one.
   *
   * @param name what messages call the file
   * @param noun what it should be: {@code scenario}
   * @throws BadInputException if it is none
   */
  public static <T> YamlFile<T> read(String name, String noun, InputStream in, Form<T> form)
      throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new BadInputException(name + ": a " + noun + " is a YAML file of at most 1 MiB");
    }
    Map<Object, Place> places = new IdentityHashMap<>();
    Place whole = new Place(name, "a " + noun, document(name, noun, bytes), places);
    return new YamlFile<>(form.read(whole), places, whole);
  }

  private static Node document(String name, String noun, byte[] bytes) {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(MAX_NESTING);
    options.setCodePointLimit(MAX_BYTES);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      Iterator<Node> documents = new Yaml(options).composeAll(new StringReader(text)).iterator();
      if (!documents.hasNext()) {
        throw new BadInputException(name + ":1:1: is empty; expected a " + noun + " in YAML");
      }
      Node first = documents.next();
      if (documents.hasNext()) {
        throw Place.problem(
            name,
            documents.next().getStartMark(),
            "a second document begins; a " + noun + " is one alone");
      }
      return first;
    } catch (CharacterCodingException notText) {
      throw new BadInputException(name + ":1:1: not a YAML " + noun + ": it is no UTF-8");
    } catch (MarkedYAMLException problem) {
      String what = "not a YAML " + noun + ": " + problem.getProblem();
      throw problem.getProblemMark() == null
          ? new BadInputException(name + ":1:1: " + what)
          : Place.problem(name, problem.getProblemMark(), what);
    } catch (YAMLException problem) {
      throw new BadInputException(
          name
              + ":1:1: not a YAML "
              + noun
              + ": "
              + firstLine(String.valueOf(problem.getMessage())));
    }
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("it cannot be read");
  }

  public T content() {
    return content;
  }

  /** What is wrong with a part of the content, where that stood; or else with the file. */
  public BadInputException problem(Object part, String what) {
    return places.getOrDefault(part, whole).problem(what);
  }

  /** A JSON schema (draft 2020-12) for such files. */
  public static String schema(String title, Form<?> form) {
    ObjectNode schema =
        JsonNodeFactory.instance
            .objectNode()
            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
            .put("title", title);
    schema.setAll(form.schema());
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
