package dev.kretsim.files.yaml;

import org.jspecify.annotations.Nullable;

/**
 * One key of a section.
 *
 * @param about what it means, in a sentence for users
 * @param otherwise what it is where it is absent; null if that is nothing
 */
public record Field<T>(
    String name, Form<T> form, boolean required, @Nullable T otherwise, String about) {
  /** A key that must be there. */
  public static <T> Field<T> required(String name, Form<T> form, String about) {
    return new Field<>(name, form, true, null, about);
  }

  /** A key that may be absent, and means this then. */
  public static <T> Field<T> or(T otherwise, String name, Form<T> form, String about) {
    return new Field<>(name, form, false, otherwise, about);
  }

  /** A key that may be absent, and means nothing then. */
  public static <T> Field<T> optional(String name, Form<T> form, String about) {
    return new Field<>(name, form, false, null, about);
  }
}
