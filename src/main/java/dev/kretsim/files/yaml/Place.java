package dev.kretsim.files.yaml;

import dev.kretsim.kernel.BadInputException;
import java.util.Map;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A place of a file, and what stands there. */
public final class Place {
  private final String file;
  private final String key;
  private final Node node;
  private final Map<Object, Place> read;

  Place(String file, String key, Node node, Map<Object, Place> read) {
    this.file = file;
    this.key = key;
    this.node = node;
    this.read = read;
  }

  /** Another place of the same file, under a key. */
  Place at(String otherKey, Node other) {
    return new Place(file, otherKey, other, read);
  }

  /** The key that it stands under. */
  String key() {
    return key;
  }

  Node node() {
    return node;
  }

  int line() {
    return node.getStartMark().getLine() + 1;
  }

  /** Notes where a value was read, for what is found out about it only later. */
  <T> T noted(T value) {
    read.put(value, this);
    return value;
  }

  /** What stands there, if it is a single word or text. */
  String shown() {
    return node instanceof ScalarNode ? ((ScalarNode) node).getValue() : typeOf(node);
  }

  /** What kind of thing stands there, in a word. */
  static String typeOf(Node node) {
    if (!(node instanceof ScalarNode)) {
      return node.getNodeId() == NodeId.sequence ? "a list" : "keys with values";
    }
    Tag tag = node.getTag();
    return tag.equals(Tag.STR)
        ? "a text"
        : tag.equals(Tag.NULL)
            ? "nothing"
            : tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? "a number" : "no plain text";
  }

  /** What is wrong here: {@code FILE:LINE:COLUMN: problem}. */
  public BadInputException problem(String what) {
    return problem(file, node.getStartMark(), what);
  }

  static BadInputException problem(String file, Mark mark, String what) {
    return new BadInputException(
        "%s:%d:%d: %s".formatted(file, mark.getLine() + 1, mark.getColumn() + 1, what));
  }
}
