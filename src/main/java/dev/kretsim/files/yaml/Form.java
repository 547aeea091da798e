package dev.kretsim.files.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.kernel.BadInputException;

/** What may stand at one place of a file, and what it becomes. */
public interface Form<T> {
  /**
   * Reads what stands there.
   *
   * @throws BadInputException with the place, if it is something else
   */
  T read(Place place);

  /** What a JSON schema says of it. */
  ObjectNode schema();
}
