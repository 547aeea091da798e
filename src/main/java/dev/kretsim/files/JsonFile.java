package dev.kretsim.files;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kretsim.kernel.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Files in JSON: one value alone or one a line, in which no object has a key twice. */
public final class JsonFile {
  private static final ObjectMapper STRICT =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final Pattern TWICE = Pattern.compile("Duplicate [^']*'(.*)'");

  private JsonFile() {}

  /**
   * Reads a file, or whatever else can be read under that name.
   *
   * @param noun what it should be: {@code recording}
   * @param mostBytes more than that is no such file
   * @throws BadInputException if it cannot be read, is longer, or is something else
   */
  public static JsonNode read(Path file, String noun, int mostBytes) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(mostBytes + 1);
      if (bytes.length > mostBytes) {
        throw new BadInputException(
            "%s: a %s is a JSON file of at most %d MiB".formatted(file, noun, mostBytes >> 20));
      }
      return parse(file.toString(), noun, bytes);
    } catch (IOException unreadable) {
      throw new BadInputException(file + ": cannot be read: " + FileName.reason(unreadable));
    }
  }

  /**
   * Reads what a file holds.
   *
   * @param name what messages call the file
   * @throws BadInputException if it is something else
   */
  public static JsonNode parse(String name, String noun, String text) {
    try {
      return parse(name, noun, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // in memory there is nothing to fail
    }
  }

  private static JsonNode parse(String name, String noun, byte[] bytes) throws IOException {
    try (JsonParser parser = STRICT.createParser(bytes)) {
      JsonNode root = STRICT.readTree(parser);
      if (root == null) {
        throw problem(name, null, noun, "it is empty");
      }
      if (parser.nextToken() != null) {
        throw problem(name, parser.currentTokenLocation(), noun, "more follows after its end");
      }
      return root;
    } catch (JsonProcessingException broken) {
      String twice = keyGivenTwice(broken);
      throw problem(
          name,
          broken.getLocation(),
          noun,
          twice == null ? "broken JSON" : twice + " is given twice");
    }
  }

  /**
   * Reads one line of a file that has a value in each.
   *
   * @throws JsonProcessingException if it is broken, or has a key twice
   */
  public static JsonNode line(String text) throws JsonProcessingException {
    return STRICT.readTree(text);
  }

  /** The key that an object has twice; null if something else is wrong. */
  public static @Nullable String keyGivenTwice(JsonProcessingException broken) {
    Matcher twice = TWICE.matcher(String.valueOf(broken.getOriginalMessage()));
    return twice.find() ? twice.group(1) : null;
  }

  private static BadInputException problem(
      String name, @Nullable JsonLocation at, String noun, String what) {
    return new BadInputException(
        "%s:%d:%d: not a %s: %s"
            .formatted(
                name,
                at == null ? 1 : at.getLineNr(),
                at == null ? 1 : at.getColumnNr(),
                noun,
                what));
  }
}
