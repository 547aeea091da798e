package dev.kretsim.planted;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.TestAbortedException;

/** The parameterized tests of a class, with a twin in the place of what it is a copy of. */
public final class Contract {
  private final Class<?> tests;

  public Contract(Class<?> tests) {
    this.tests = tests;
  }

  /**
   * What the first test that fails says.
   *
   * @param original the name of the first argument in whose place the twin goes
   */
  public Optional<String> firstFailure(String original, Object twin) {
    int run = 0;
    for (Method test : parameterized()) {
      for (Object[] arguments : argumentsOf(test)) {
        if (String.valueOf(arguments[0]).equals(original)) {
          run++;
          arguments[0] = twin;
          Optional<String> failure = failureOf(test, arguments);
          if (failure.isPresent()) {
            return failure.map(message -> test.getName() + ": " + message);
          }
        }
      }
    }
    if (run == 0) {
      throw new IllegalArgumentException("no test of " + tests + " is about " + original);
    }
    return Optional.empty();
  }

  private List<Method> parameterized() {
    return declared().stream()
        .filter(method -> method.isAnnotationPresent(ParameterizedTest.class))
        .sorted(Comparator.comparing(Method::getName))
        .toList();
  }

  /** Those of the class and of the contracts that it extends. */
  private List<Method> declared() {
    List<Method> methods = new ArrayList<>();
    for (Class<?> at = tests; at != Object.class; at = at.getSuperclass()) {
      methods.addAll(List.of(at.getDeclaredMethods()));
    }
    return methods;
  }

  private List<Object[]> argumentsOf(Method test) {
    List<Object[]> all = new ArrayList<>();
    for (String source : test.getAnnotation(MethodSource.class).value()) {
      for (Object one : sourced(source)) {
        all.add(one instanceof Arguments several ? several.get().clone() : new Object[] {one});
      }
    }
    return all;
  }

  private List<?> sourced(String source) {
    try {
      Method method =
          declared().stream()
              .filter(one -> one.getName().equals(source) && one.getParameterCount() == 0)
              .findFirst()
              .orElseThrow();
      method.setAccessible(true);
      Object found = method.invoke(newInstance());
      return found instanceof Stream<?> stream ? stream.toList() : (List<?>) found;
    } catch (ReflectiveOperationException notThere) {
      throw new IllegalStateException(notThere);
    }
  }

  private Optional<String> failureOf(Method test, Object[] arguments) {
    try {
      test.setAccessible(true);
      test.invoke(newInstance(), arguments);
      return Optional.empty();
    } catch (InvocationTargetException failed) {
      if (failed.getCause() instanceof TestAbortedException) {
        return Optional.empty();
      }
      return Optional.of(String.valueOf(failed.getCause()).strip());
    } catch (ReflectiveOperationException notCallable) {
      throw new IllegalStateException(notCallable);
    }
  }

  private Object newInstance() throws ReflectiveOperationException {
    var constructor = tests.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }
}
