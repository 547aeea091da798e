package dev.kretsim.workload.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.kretsim.files.yaml.YamlFile;
import dev.kretsim.kernel.BadInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The JSON schema of scenarios and the reader accept and refuse the same, by the judgement of
 * somebody else's validator.
 *
 * <p>What only the reader knows is what a text means and what holds between the parts of a
 * scenario; and it takes a kernel's version without quotes, where JSON would see a number.
 */
class SchemaIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Every key that a scenario may have. */
  private static final String FULL =
      """
      {"kernel": "6.12", "arch": "x86_64", "cpus": 2, "preempt": "full", "pool": "hlist",
       "lock": "ticket", "time": "virtual", "seed": 1,
       "functions": [{"name": "outer", "body": ["spin 300ns", "call inner"], "returns": 42},
                     {"name": "inner"}],
       "probes": [{"kretprobe": "outer", "maxactive": 2, "data_size": 8,
                   "entry_handler": "decline every 7"},
                  {"kprobe": "inner", "offset": 0}],
       "load": [{"tasks": 6, "comm": "reader", "call": "outer", "argument": 1, "calls": 10,
                 "think": "exponential(mean=1ms)"},
                {"call": "outer", "duration": "5ms"}],
       "events": [{"at": "2ms", "do": "disable outer"}]}
      """;

  private static final String[] VALUES = {
    "null",
    "true",
    "\"\"",
    "\" \"",
    "\"a b\"",
    "\"virtual\"",
    "3",
    "3.5",
    "-1",
    "1000000000000000000000000000000",
    "[]",
    "{}",
    "[[]]",
    "[3]",
    "[null]",
    "{\"a\": 1}",
    "[{}]"
  };

  private final JsonNode schema = tree(ScenarioReader.schema());
  private final Schema validator =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
  private final ObjectNode whole = (ObjectNode) tree(FULL);
  private final Set<String> visited = new TreeSet<>();
  private final List<String> differences = new ArrayList<>();
  private int accepted;
  private int refused;

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** Why the reader refuses it; empty if it does not. What holds between its parts is not asked. */
  private String refusal() {
    try {
      byte[] bytes = whole.toString().getBytes(StandardCharsets.UTF_8);
      YamlFile.read("s", "scenario", new ByteArrayInputStream(bytes), ScenarioShape.SCENARIO);
      return "";
    } catch (BadInputException problem) {
      return String.valueOf(problem.getMessage());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Who may refuse what the other accepts. */
  private enum Stricter {
    NEITHER,
    READER,
    SCHEMA
  }

  private void compare(String what, Stricter stricter) {
    boolean valid = validator.validate(whole).isEmpty();
    String refusal = refusal();
    accepted += valid ? 1 : 0;
    refused += valid ? 0 : 1;
    Stricter now =
        valid == refusal.isEmpty() ? Stricter.NEITHER : valid ? Stricter.READER : Stricter.SCHEMA;
    if (now != Stricter.NEITHER && now != stricter) {
      differences.add("%s: schema %s, reader '%s'".formatted(what, valid, refusal));
    }
  }

  @Test
  void theSchemaAndTheReaderRefuseTheSame() {
    compare("as it is", Stricter.NEITHER);
    assertThat(accepted).as("by the schema: %s", refusal()).isOne();
    mutate("", whole, schema);
    assertThat(differences).isEmpty();
    assertThat(visited).as("keys of the schema").isEqualTo(keys("", schema, new TreeSet<>()));
    assertThat(accepted).isGreaterThan(60);
    assertThat(refused).isGreaterThan(500);
  }

  private static Set<String> keys(String path, JsonNode schema, Set<String> keys) {
    schema
        .path("properties")
        .properties()
        .forEach(
            key -> {
              keys.add(path + "." + key.getKey());
              keys(path + "." + key.getKey(), key.getValue(), keys);
            });
    if (schema.has("items")) {
      keys(path, schema.path("items"), keys);
    }
    return keys;
  }

  private void mutate(String path, ObjectNode section, JsonNode itsSchema) {
    for (String key : List.copyOf(fieldNames(section))) {
      String where = path + "." + key;
      visited.add(where);
      JsonNode keySchema = itsSchema.path("properties").path(key);
      JsonNode value = section.remove(key);
      compare(where + " is missing", Stricter.NEITHER);
      section.set(key + "x", value);
      compare(where + " misspelt", Stricter.NEITHER);
      section.remove(key + "x");
      for (JsonNode other : others(value, keySchema)) {
        section.set(key, other);
        compare(where + " is " + shown(other), stricter(other, keySchema));
      }
      section.set(key, value);
      descend(where, value, keySchema);
    }
    section.put("another", 1);
    compare(path + " has another", Stricter.NEITHER);
    section.remove("another");
  }

  private void descend(String where, JsonNode value, JsonNode keySchema) {
    if (!value.isArray()) {
      return;
    }
    ArrayNode items = (ArrayNode) value;
    for (int i = 0; i < items.size(); i++) {
      JsonNode item = items.get(i);
      JsonNode itemSchema = keySchema.path("items");
      if (item.isObject()) {
        mutate(where, (ObjectNode) item, itemSchema);
      }
      for (JsonNode other : others(item, itemSchema)) {
        items.set(i, other);
        compare(where + "[] is " + shown(other), stricter(other, itemSchema));
      }
      items.set(i, item);
    }
  }

  /** Only the reader knows what a text says, and only it takes a number for an enumerated word. */
  private static Stricter stricter(JsonNode value, JsonNode schema) {
    if (schema.has("enum")) {
      return value.isNumber() ? Stricter.SCHEMA : Stricter.NEITHER;
    }
    boolean text = value.isTextual() && schema.path("type").asText().equals("string");
    return text ? Stricter.READER : Stricter.NEITHER;
  }

  private static List<JsonNode> others(JsonNode value, JsonNode schema) {
    List<JsonNode> others = new ArrayList<>();
    for (String text : VALUES) {
      others.add(tree(text));
    }
    for (String bound : new String[] {"minimum", "maximum"}) {
      if (schema.has(bound)) {
        BigInteger at = schema.path(bound).bigIntegerValue();
        for (int step = -1; step <= 1; step++) {
          others.add(JsonNodeFactory.instance.numberNode(at.add(BigInteger.valueOf(step))));
        }
      }
    }
    schema.path("enum").forEach(others::add);
    if (schema.has("maxItems")) {
      int most = schema.path("maxItems").intValue();
      for (int size : new int[] {most, most + 1}) {
        ArrayNode full = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < size; i++) {
          full.add(value.get(0));
        }
        others.add(full);
      }
    }
    return others;
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() > 60 ? text.substring(0, 60) + "..." : text;
  }

  private static List<String> fieldNames(ObjectNode section) {
    List<String> names = new ArrayList<>();
    section.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
