package dev.kretsim.kernel.text;

import dev.kretsim.kernel.BadInputException;
import org.jspecify.annotations.Nullable;

/**
 * A line of {@code /proc/kallsyms} or of a System.map.
 *
 * @param address 0 where the kernel hides it from the reader
 * @param kind a letter as nm prints it: {@code t} and {@code T} are text
 * @param name of the symbol
 * @param module it is in; null for the kernel itself
 */
public record SymbolLine(long address, char kind, String name, @Nullable String module) {
  /**
   * Takes a line apart.
   *
   * @param file for messages
   * @param number of the line, counted from 1
   * @param line without its end
   * @return what it says
   * @throws BadInputException if it is no such line
   */
  public static SymbolLine parse(String file, long number, String line) {
    String[] words = line.strip().split("\\s+");
    if (words.length < 3 || words[1].length() != 1 || !words[0].matches("[0-9a-fA-F]{1,16}")) {
      throw BadInputException.at(
          file, number, "expected ADDRESS TYPE SYMBOL, as in /proc/kallsyms or System.map");
    }
    String module = words.length > 3 ? words[3].replaceAll("[\\[\\]]", "") : null;
    return new SymbolLine(
        Long.parseUnsignedLong(words[0], 16), words[1].charAt(0), words[2], module);
  }

  /** {@return whether it is a function} */
  public boolean isText() {
    return "tTwW".indexOf(kind) >= 0;
  }
}
