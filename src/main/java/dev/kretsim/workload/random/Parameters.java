package dev.kretsim.workload.random;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.Decimal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The {@code name=value} pairs between the brackets of a distribution or an arrival process. */
final class Parameters {
  private final String whole;
  private final ToDoubleFunction<String> unit;
  private final Map<String, String> left = new LinkedHashMap<>();

  /**
   * @param whole the whole text, for messages
   * @param unit how a length is read
   */
  Parameters(String whole, String inside, ToDoubleFunction<String> unit) {
    this(whole, inside, unit, List.of());
  }

  /**
   * The same, where values may stand alone.
   *
   * @param positions the names of values without one, in order
   */
  Parameters(String whole, String inside, ToDoubleFunction<String> unit, List<String> positions) {
    this.whole = whole;
    this.unit = unit;
    List<String> pairs = split(inside);
    for (int i = 0; i < pairs.size(); i++) {
      String pair = pairs.get(i);
      boolean alone = pair.indexOf('=') < 0 && i < positions.size();
      String[] sides = (alone ? positions.get(i) + "=" + pair : pair).split("=", 2);
      if (sides.length != 2 || left.put(sides[0].strip(), sides[1].strip()) != null) {
        throw new BadInputException(
            "parameters are name=value, such as mean=2ms, each once: " + whole);
      }
    }
  }

  /** Splits at the commas that are not inside brackets. */
  private static List<String> split(String inside) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < inside.length(); i++) {
      char at = inside.charAt(i);
      depth += at == '(' ? 1 : at == ')' ? -1 : 0;
      if (at == ',' && depth == 0) {
        parts.add(inside.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(inside.substring(from));
    return parts;
  }

  boolean has(String name) {
    return left.containsKey(name);
  }

  /** Takes a length, above 0: of time in nanoseconds, unless plain numbers are read. */
  double length(String name) {
    double value = lengthOrZero(name);
    if (value == 0) {
      throw new BadInputException(name + " must be above 0: " + whole);
    }
    return value;
  }

  double lengthOrZero(String name) {
    return unit.applyAsDouble(text(name));
  }

  /** Takes a number from {@code least} to {@code most}, for which the law is well behaved. */
  double number(String name, double least, double most) {
    String text = text(name);
    double value;
    try {
      value = Decimal.parse(text);
    } catch (BadInputException notOne) {
      throw new BadInputException(name + " must be a number: " + whole);
    }
    if (!(value >= least && value <= most)) {
      throw new BadInputException(
          "%s must be from %s to %s: %s".formatted(name, shown(least), shown(most), whole));
    }
    return value;
  }

  int wholeNumber(String name, int most) {
    double value = number(name, 1, most);
    if (value != Math.rint(value)) {
      throw new BadInputException(name + " must be a whole number: " + whole);
    }
    return (int) value;
  }

  private static String shown(double bound) {
    return new BigDecimal(Double.toString(bound)).stripTrailingZeros().toPlainString();
  }

  void refuseRest() {
    if (!left.isEmpty()) {
      throw new BadInputException("unknown parameter " + left.keySet() + ": " + whole);
    }
  }

  /** Takes a parameter as it stands. */
  String text(String name) {
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
