package dev.kretsim.files.yaml;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A section with certain keys, and what it becomes.
 *
 * @param <T> what it becomes
 */
public final class Shape<T> implements Form<T> {
  private final String about;
  private final Map<String, Field<?>> fields;
  private final List<Rule> rules;
  private final Function<Section, T> meaning;

  private Shape(
      String about, Map<String, Field<?>> fields, List<Rule> rules, Function<Section, T> meaning) {
    this.about = about;
    this.fields = fields;
    this.rules = rules;
    this.meaning = meaning;
  }

  /**
   * A section.
   *
   * @param about what it is, in a sentence for users
   */
  public static <T> Shape<T> of(String about, List<Field<?>> fields, Function<Section, T> meaning) {
    return of(about, fields, List.of(), meaning);
  }

  /** The same, with what must hold between its keys. */
  public static <T> Shape<T> of(
      String about, List<Field<?>> fields, List<Rule> rules, Function<Section, T> meaning) {
    Map<String, Field<?>> byName = new LinkedHashMap<>();
    fields.forEach(field -> byName.put(field.name(), field));
    return new Shape<>(about, byName, rules, meaning);
  }

  boolean has(String key) {
    return fields.containsKey(key);
  }

  /** What to say of a key that is none. */
  String unknown(String key) {
    String nearest =
        fields.keySet().stream()
            .min(Comparator.comparingInt(name -> distance(name, key)))
            .orElse("none");
    String hint = key.endsWith(")") ? "; a comma in {} ends a value, put it in quotes" : "";
    return "unknown key: %s; the nearest is %s (of %s)%s"
        .formatted(key, nearest, fields.keySet().stream().collect(Collectors.joining(", ")), hint);
  }

  /** How many letters must be put in, taken out or changed to make one word the other. */
  static int distance(String one, String other) {
    int[] above = new int[other.length() + 1];
    for (int j = 0; j < above.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[above.length];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(changed, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[other.length()];
  }

  @Override
  public T read(Place place) {
    Section section = new Section(this, place);
    rules.forEach(rule -> rule.check(section));
    return place.noted(meaning.apply(section));
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema =
        JsonNodeFactory.instance.objectNode().put("type", "object").put("description", about);
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    for (Field<?> field : fields.values()) {
      ObjectNode property = field.form().schema();
      properties.set(field.name(), property.put("description", field.about()));
      if (field.required()) {
        required.add(field.name());
      } else {
        addDefault(property, field.otherwise());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    rules.forEach(rule -> rule.describe(schema));
    return schema.put("additionalProperties", false);
  }

  private static void addDefault(ObjectNode property, @Nullable Object otherwise) {
    if (otherwise instanceof Long) {
      property.put("default", (Long) otherwise);
    } else if (otherwise instanceof String) {
      property.put("default", (String) otherwise);
    }
  }
}
