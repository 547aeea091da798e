package dev.kretsim.console;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.DidYouMean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Option values that are one of a few words. */
public final class Choice {
  private Choice() {}

  /**
   * The constant whose name is {@code wanted}, in lower case.
   *
   * @throws BadInputException naming the option and its values, if there is none
   */
  public static <E extends Enum<E>> E of(String option, String wanted, E[] values) {
    for (E value : values) {
      if (label(value).equals(plain(wanted))) {
        return value;
      }
    }
    String labels = Arrays.stream(values).map(Choice::label).collect(Collectors.joining(", "));
    throw problem(option, labels, wanted);
  }

  /**
   * What {@code meaning} makes of an option's value.
   *
   * @throws BadInputException naming the option and its values, if it makes nothing of it
   */
  public static <T> T required(
      String option, String wanted, Function<String, Optional<T>> meaning, String values) {
    // Without further functions: each takes as long to link as reading some hundred lines.
    String plain = plain(wanted);
    for (String way : new String[] {wanted, plain, plain.replace('_', '-')}) {
      Optional<T> meant = meaning.apply(way);
      if (meant.isPresent()) {
        return meant.get();
      }
    }
    throw problem(option, values, wanted);
  }

  /** The same of an option that may be absent. */
  public static <T> @Nullable T ofNullable(
      String option,
      @Nullable String wanted,
      Function<String, Optional<T>> meaning,
      String values) {
    return wanted == null ? null : required(option, wanted, meaning, values);
  }

  private static BadInputException problem(String option, String values, String wanted) {
    return new BadInputException(
        option
            + " must be one of "
            + values
            + ": "
            + wanted
            + DidYouMean.hint(List.of(values.split(", ", -1)), wanted));
  }

  private static String plain(String wanted) {
    return wanted.strip().toLowerCase(Locale.ROOT).replace('-', '_');
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
