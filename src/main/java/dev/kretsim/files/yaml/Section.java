package dev.kretsim.files.yaml;

import dev.kretsim.kernel.BadInputException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** A section of a file: each key once, and all of them known. */
public final class Section {
  private final Place place;
  private final Map<String, Place> values = new HashMap<>();

  Section(Shape<?> shape, Place place) {
    this.place = place;
    if (!(place.node() instanceof MappingNode)) {
      throw place.problem(place.key() + " must be keys with values: " + Place.typeOf(place.node()));
    }
    Map<String, Integer> lines = new HashMap<>();
    for (NodeTuple pair : ((MappingNode) place.node()).getValue()) {
      Place key = place.at("a key", pair.getKeyNode());
      if (!(pair.getKeyNode() instanceof ScalarNode)) {
        throw key.problem("a key must be a word: " + Place.typeOf(pair.getKeyNode()));
      }
      String name = ((ScalarNode) pair.getKeyNode()).getValue();
      Integer earlier = lines.put(name, key.line());
      if (earlier != null) {
        throw key.problem(name + " is given twice, first in line " + earlier);
      }
      if (!shape.has(name)) {
        throw key.problem(shape.unknown(name));
      }
      values.put(name, place.at(name, pair.getValueNode()));
    }
  }

  /** Whether the key is there. */
  public boolean has(Field<?> field) {
    return values.containsKey(field.name());
  }

  /**
   * What stands under a key, or what its absence means.
   *
   * @throws BadInputException if it must be there and is not, or is something else
   */
  public <T> T get(Field<T> field) {
    return find(field)
        .orElseThrow(() -> place.problem(field.name() + " is missing: " + field.about()));
  }

  /**
   * The same of a key whose absence may mean nothing.
   *
   * @throws BadInputException if it is something else
   */
  public <T> Optional<T> find(Field<T> field) {
    Place value = values.get(field.name());
    if (value == null) {
      return Optional.ofNullable(field.otherwise());
    }
    return Optional.of(field.form().read(value));
  }

  /** What is wrong with the section as a whole. */
  public BadInputException problem(String what) {
    return place.problem(what);
  }

  /** What is wrong with what stands under a key that is there. */
  public BadInputException problem(Field<?> field, String what) {
    Node node = values.getOrDefault(field.name(), place).node();
    return place.at(field.name(), node).problem(what);
  }
}
