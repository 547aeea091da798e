package dev.kretsim.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Plug-ins that are known by a name of their own. */
public final class Named {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]*");

  private Named() {}

  /**
   * {@return what ships, in its order, and then what else {@link java.util.ServiceLoader} finds, by
   * name}
   *
   * @param <T> the kind of plug-in
   * @param type its interface
   * @param nameOf the name that a plug-in has
   * @param shipped those that come with the product; not looked at again if they are found
   * @throws IllegalStateException if one cannot be loaded, has no proper name, or that of another
   */
  public static <T> List<T> found(Class<T> type, Function<T, String> nameOf, List<T> shipped) {
    Map<String, T> others = new TreeMap<>();
    try {
      for (T candidate : ServiceLoader.load(type)) {
        if (shipped.contains(candidate)) {
          continue;
        }
        String name = called(candidate, nameOf);
        if (name == null || !NAME.matcher(name).matches()) {
          throw new IllegalStateException(
              "%s calls itself \"%s\"; a name has small letters, digits, - and _"
                  .formatted(candidate.getClass().getName(), name));
        }
        boolean taken = shipped.stream().anyMatch(one -> nameOf.apply(one).equals(name));
        if (taken || others.put(name, candidate) != null) {
          throw new IllegalStateException(
              "%s calls itself %s, as another does"
                  .formatted(candidate.getClass().getName(), name));
        }
      }
    } catch (ServiceConfigurationError | LinkageError broken) {
      Throwable cause = broken.getCause() == null ? broken : broken.getCause();
      String reason = cause == broken ? "" : ": " + cause;
      throw new IllegalStateException(broken.getMessage() + reason, broken);
    }
    List<T> all = new ArrayList<>(shipped);
    all.addAll(others.values());
    return all;
  }

  private static <T> @Nullable String called(T candidate, Function<T, String> nameOf) {
    try {
      return nameOf.apply(candidate);
    } catch (RuntimeException failed) {
      throw new IllegalStateException(
          "%s does not say its name: %s".formatted(candidate.getClass().getName(), failed), failed);
    }
  }
}
