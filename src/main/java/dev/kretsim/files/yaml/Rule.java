package dev.kretsim.files.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What must hold between the keys of a section. */
public sealed interface Rule {
  /**
   * Checks a section.
   *
   * @throws dev.kretsim.kernel.BadInputException if it does not hold there
   */
  void check(Section section);

  /** Adds what a JSON schema of the section says of it. */
  void describe(ObjectNode schema);

  /** Exactly one of two keys is there. */
  record OneOf(Field<?> one, Field<?> other, String problem) implements Rule {
    @Override
    public void check(Section section) {
      if (section.has(one) == section.has(other)) {
        throw section.problem(problem);
      }
    }

    @Override
    public void describe(ObjectNode schema) {
      for (Field<?> field : new Field<?>[] {one, other}) {
        schema.withArray("oneOf").addObject().putArray("required").add(field.name());
      }
    }
  }

  /** A key is there only beside another. */
  record Beside(Field<?> key, Field<?> other, String problem) implements Rule {
    @Override
    public void check(Section section) {
      if (section.has(key) && !section.has(other)) {
        throw section.problem(key, problem);
      }
    }

    @Override
    public void describe(ObjectNode schema) {
      schema.withObject("/dependentRequired").putArray(key.name()).add(other.name());
    }
  }
}
