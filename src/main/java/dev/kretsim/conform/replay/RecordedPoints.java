package dev.kretsim.conform.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kretsim.kernel.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the compact lists of a file of probe points; its {@code format} explains them. */
final class RecordedPoints {
  private RecordedPoints() {}

  /** {@code "-84x3 0"}: run-length coded numbers. */
  static List<Integer> codes(String text) {
    List<Integer> codes = new ArrayList<>();
    for (String run : words(text)) {
      String[] part = run.split("x", 2);
      int times = part.length == 1 ? 1 : number(part[1]);
      for (int i = 0; i < times; i++) {
        codes.add(number(part[0]));
      }
    }
    return codes;
  }

  /** {@code "4:-FE 9:1"}: something for some of the offsets. */
  static Map<Integer, String> byOffset(String text) {
    Map<Integer, String> all = new TreeMap<>();
    for (String one : words(text)) {
      String[] part = one.split(":", 2);
      if (part.length < 2) {
        throw new BadInputException("expected offset:value, but found: " + one);
      }
      all.put(number(part[0]), part[1]);
    }
    return all;
  }

  /** {@code "3 8-12"}: stretches of offsets, both ends included. */
  static List<int[]> stretches(JsonNode text) {
    List<int[]> all = new ArrayList<>();
    for (String one : words(text.asText())) {
      String[] part = one.split("-", 2);
      all.add(new int[] {number(part[0]), number(part[part.length - 1])});
    }
    return all;
  }

  private static String[] words(String text) {
    return text.isBlank() ? new String[0] : text.strip().split("[ ,]+");
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException none) {
      throw new BadInputException("expected a number, but found: " + text);
    }
  }
}
