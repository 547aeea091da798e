package dev.kretsim.files.yaml;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The forms of single values and of lists. */
public final class Forms {
  /** Not 010, which one YAML reads as eight and another as ten. */
  private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9_]*)");

  private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]+");

  private Forms() {}

  /** A form that says in a schema what it is. */
  private record Plain<T>(ObjectNode description, Function<Place, T> reader) implements Form<T> {
    @Override
    public T read(Place place) {
      return reader.apply(place);
    }

    @Override
    public ObjectNode schema() {
      return description.deepCopy();
    }
  }

  private static ObjectNode typed(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  /**
   * A text that means something.
   *
   * @param pattern a regular expression that it matches as a whole; empty for none
   * @param meaning throws {@link BadInputException} where it means nothing
   */
  public static <T> Form<T> text(String pattern, Function<String, T> meaning) {
    ObjectNode schema = typed("string").put("minLength", 1);
    if (!pattern.isEmpty()) {
      schema.put("pattern", "^(" + pattern + ")$");
    }
    return new Plain<>(
        schema,
        place -> {
          String text = textAt(place);
          try {
            return place.noted(meaning.apply(text));
          } catch (BadInputException problem) {
            throw place.problem(String.valueOf(problem.getMessage()));
          }
        });
  }

  /** One of a few words; numbers among them may stand without quotes. */
  public static <T> Form<T> choice(List<String> words, Function<String, Optional<T>> meaning) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    words.forEach(schema.putArray("enum")::add);
    return new Plain<>(
        schema,
        place ->
            meaning
                .apply(scalarAt(place).getValue())
                .orElseThrow(
                    () ->
                        place.problem(
                            "%s must be one of %s: %s"
                                .formatted(place.key(), String.join(", ", words), place.shown()))));
  }

  /** A whole number within bounds. */
  public static Form<Long> whole(long least, long most) {
    return new Plain<>(
        typed("integer").put("minimum", least).put("maximum", most),
        place -> {
          BigInteger value = numberAt(place);
          if (value.compareTo(BigInteger.valueOf(least)) < 0
              || value.compareTo(BigInteger.valueOf(most)) > 0) {
            throw place.problem(
                "%s must be in [%d, %d]: %s".formatted(place.key(), least, most, place.shown()));
          }
          return value.longValue();
        });
  }

  /** A number within bounds, with the digits that it is written with. */
  public static Form<BigDecimal> number(double least, double most) {
    return new Plain<>(
        typed("number").put("minimum", least).put("maximum", most),
        place -> {
          ScalarNode scalar = scalarAt(place);
          if (scalar.isPlain() && isWithin(scalar.getValue(), least, most)) {
            return new BigDecimal(scalar.getValue());
          }
          throw place.problem(
              "%s must be a number in [%s, %s]: %s"
                  .formatted(place.key(), least, most, place.shown()));
        });
  }

  private static boolean isWithin(String text, double least, double most) {
    try {
      double value = Decimal.parse(text);
      return value >= least && value <= most;
    } catch (BadInputException noNumber) {
      return false;
    }
  }

  /**
   * One value, or keys with values that say more of it.
   *
   * @param meaning what the value becomes where it stands alone
   */
  public static <V, T> Form<T> either(Form<V> alone, Function<V, T> meaning, Shape<T> section) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.putArray("anyOf").add(alone.schema()).add(section.schema());
    return new Plain<>(
        schema,
        place ->
            place.node() instanceof MappingNode
                ? section.read(place)
                : meaning.apply(alone.read(place)));
  }

  /** A list of so many items at most. */
  public static <T> Form<List<T>> list(int most, Form<T> item) {
    ObjectNode schema = typed("array").put("maxItems", most);
    schema.set("items", item.schema());
    return new Plain<>(
        schema,
        place -> {
          List<T> items = new ArrayList<>();
          for (Node node : nodesAt(place, most)) {
            items.add(item.read(place.at("an item of " + place.key(), node)));
          }
          return items;
        });
  }

  private static List<Node> nodesAt(Place place, int most) {
    if (!(place.node() instanceof SequenceNode)) {
      throw place.problem(place.key() + " must be a list: " + place.shown());
    }
    List<Node> nodes = ((SequenceNode) place.node()).getValue();
    if (nodes.size() > most) {
      throw place.problem(
          "%s may have %d items at most: %d".formatted(place.key(), most, nodes.size()));
    }
    return rejoined(place, nodes);
  }

  /** YAML splits a flow list at commas, also at those between a distribution's brackets. */
  private static List<Node> rejoined(Place place, List<Node> nodes) {
    List<Node> joined = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    Node first = place.node();
    for (Node node : nodes) {
      boolean plain = node instanceof ScalarNode && node.getTag().equals(Tag.STR);
      if (open.isEmpty() && (!plain || balanced(((ScalarNode) node).getValue()))) {
        joined.add(node);
        continue;
      }
      first = open.isEmpty() ? node : first;
      open.append(open.isEmpty() ? "" : ",").append(place.at(place.key(), node).shown());
      if (balanced(open)) {
        joined.add(
            new ScalarNode(
                Tag.STR,
                open.toString(),
                first.getStartMark(),
                node.getEndMark(),
                ((ScalarNode) first).getScalarStyle()));
        open.setLength(0);
      }
    }
    if (!open.isEmpty()) {
      throw place.at(place.key(), first).problem("bracket is not closed: " + open);
    }
    return joined;
  }

  private static boolean balanced(CharSequence text) {
    return text.chars().map(c -> c == '(' ? 1 : c == ')' ? -1 : 0).sum() <= 0;
  }

  private static ScalarNode scalarAt(Place place) {
    if (!(place.node() instanceof ScalarNode) || place.node().getTag().equals(Tag.NULL)) {
      throw place.problem(place.key() + " must be one value: " + Place.typeOf(place.node()));
    }
    return (ScalarNode) place.node();
  }

  private static String textAt(Place place) {
    ScalarNode scalar = scalarAt(place);
    if (!scalar.getTag().equals(Tag.STR)) {
      throw place.problem(
          "%s must be a text: %s is %s to YAML; put it in quotes if it is meant"
              .formatted(place.key(), scalar.getValue(), Place.typeOf(scalar)));
    }
    if (scalar.getValue().isBlank()) {
      throw place.problem(place.key() + " must not be empty");
    }
    return scalar.getValue();
  }

  private static BigInteger numberAt(Place place) {
    String text = scalarAt(place).getValue();
    if (scalarAt(place).isPlain()) {
      if (WHOLE.matcher(text).matches()) {
        return new BigInteger(text.replace("_", "").replaceFirst("^\\+", ""));
      }
      if (HEXADECIMAL.matcher(text).matches()) {
        return new BigInteger(text.substring(2), 16);
      }
    }
    throw place.problem(place.key() + " must be a whole number: " + place.shown());
  }
}
