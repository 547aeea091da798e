package dev.kretsim.workload.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kretsim.kernel.BadInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One mapping of a scenario file: takes its keys one by one, and refuses what is left over. */
final class Section {
  private final String where;
  private final JsonNode node;
  private final Set<String> left = new LinkedHashSet<>();

  Section(String where, JsonNode node) {
    this.where = where;
    this.node = node;
    if (!node.isObject()) {
      throw problem("expected keys with values");
    }
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      left.add(names.next());
    }
  }

  BadInputException problem(String what) {
    return new BadInputException(where + ": " + what);
  }

  boolean has(String key) {
    return node.has(key);
  }

  String text(String key) {
    JsonNode value = take(key);
    if (value == null || !value.isValueNode() || value.asText().isBlank()) {
      throw problem(key + " is missing");
    }
    return value.asText();
  }

  String textOr(String key, String otherwise) {
    return has(key) ? text(key) : otherwise;
  }

  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    JsonNode value = take(key);
    if (value != null) {
      if (!value.isArray()) {
        throw problem(key + " must be a list");
      }
      // YAML splits a flow list at commas, also at those between a distribution's brackets.
      StringBuilder open = new StringBuilder();
      for (JsonNode item : value) {
        open.append(open.isEmpty() ? "" : ",").append(item.asText());
        if (balanced(open)) {
          texts.add(open.toString());
          open.setLength(0);
        }
      }
      if (!open.isEmpty()) {
        throw problem(key + ": bracket is not closed: " + open);
      }
    }
    return texts;
  }

  private static boolean balanced(CharSequence text) {
    return text.chars().map(c -> c == '(' ? 1 : c == ')' ? -1 : 0).sum() <= 0;
  }

  long wholeNumber(String key, long otherwise) {
    JsonNode value = take(key);
    if (value == null) {
      return otherwise;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw problem(key + " must be a whole number: " + value.asText());
    }
    return value.asLong();
  }

  int integer(String key, int otherwise, int least, int most) {
    long value = wholeNumber(key, otherwise);
    if (value < least || value > most) {
      throw problem("%s must be in [%d, %d]: %s=%d".formatted(key, least, most, key, value));
    }
    return (int) value;
  }

  <T> T oneOf(String key, String otherwise, Function<String, @Nullable T> meaning, String choices) {
    String text = textOr(key, otherwise);
    T value = meaning.apply(text);
    if (value == null) {
      throw problem("%s must be one of %s: %s=%s".formatted(key, choices, key, text));
    }
    return value;
  }

  <E extends Enum<E>> E constant(String key, String otherwise, Class<E> type) {
    E[] constants = type.getEnumConstants();
    return oneOf(
        key,
        otherwise,
        text ->
            Arrays.stream(constants)
                .filter(constant -> constant.name().equalsIgnoreCase(text))
                .findFirst()
                .orElse(null),
        Arrays.toString(constants).toLowerCase(Locale.ROOT));
  }

  <T> List<T> list(String key, Function<Section, T> reader) {
    List<T> items = new ArrayList<>();
    JsonNode value = take(key);
    if (value != null) {
      if (!value.isArray()) {
        throw problem(key + " must be a list");
      }
      int number = 1;
      for (JsonNode item : value) {
        items.add(reader.apply(new Section(where + ": " + key + " " + number++, item)));
      }
    }
    return items;
  }

  void refuseRest() {
    if (!left.isEmpty()) {
      throw problem("unknown key: " + left.iterator().next());
    }
  }

  private @Nullable JsonNode take(String key) {
    left.remove(key);
    return node.get(key);
  }
}
