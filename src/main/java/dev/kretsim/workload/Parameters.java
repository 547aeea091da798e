package dev.kretsim.workload;

import dev.kretsim.kernel.BadInputException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code name=value} pairs between the brackets of a distribution. */
final class Parameters {
  private final String whole;
  private final Map<String, String> left = new LinkedHashMap<>();

  Parameters(String whole, String inside) {
    this.whole = whole;
    for (String pair : inside.split(",", -1)) {
      String[] sides = pair.split("=", 2);
      if (sides.length != 2 || left.put(sides[0].strip(), sides[1].strip()) != null) {
        throw new BadInputException("parameters are name=value, each once: " + whole);
      }
    }
  }

  boolean has(String name) {
    return left.containsKey(name);
  }

  /** Takes a length of time, above 0, in nanoseconds. */
  double time(String name) {
    long ns = Durations.parseNs(take(name));
    if (ns == 0) {
      throw new BadInputException(name + " must be above 0: " + whole);
    }
    return ns;
  }

  double timeOrZero(String name) {
    return Durations.parseNs(take(name));
  }

  /** Takes a number above 0. */
  double number(String name) {
    return numberAbove(name, 0);
  }

  double numberAbove(String name, double bound) {
    String text = take(name);
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException notOne) {
      throw new BadInputException(name + " must be a number: " + whole);
    }
    if (!(value > bound) || Double.isInfinite(value)) {
      throw new BadInputException(name + " must be above " + bound + ": " + whole);
    }
    return value;
  }

  int wholeNumber(String name) {
    double value = number(name);
    if (value != Math.rint(value) || value > Integer.MAX_VALUE) {
      throw new BadInputException(name + " must be a whole number: " + whole);
    }
    return (int) value;
  }

  void refuseRest() {
    if (!left.isEmpty()) {
      throw new BadInputException("unknown parameter " + left.keySet() + ": " + whole);
    }
  }

  private String take(String name) {
    String value = left.remove(name);
    if (value == null) {
      throw new BadInputException("parameter " + name + " is missing: " + whole);
    }
    return value;
  }

  @Override
  public String toString() {
    return whole;
  }
}
