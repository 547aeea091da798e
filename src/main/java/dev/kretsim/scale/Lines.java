package dev.kretsim.scale;

import dev.kretsim.memory.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which words share a line. Large pools have a hundred times more lines than are ever touched, so
 * one is made when it is first wanted.
 */
final class Lines {
  /** Words that lie one after the other and are called alike. */
  private record Stretch(int begin, int end, String name) {}

  private final int wordsPerLine;
  private final int nodeWordsPerLine;
  private final List<List<Stretch>> stretches = new ArrayList<>();
  private int[][] numberOf = new int[4][];

  /** As far as they were made, by memory and word, and by number. */
  private @Nullable Line[][] byWord = new Line[4][];

  private @Nullable Line[] lines = new Line[0];

  /**
   * @param wordsPerLine words that the machine moves at once
   * @param nodesPerLine how many list nodes lie in 64 bytes
   */
  Lines(int wordsPerLine, int nodesPerLine) {
    this.wordsPerLine = wordsPerLine;
    this.nodeWordsPerLine = nodesPerLine * wordsPerLine;
  }

  /** Numbers the lines of one more memory. */
  void add(Layout layout) {
    List<Stretch> own = stretches(layout);
    int[] numbers = new int[layout.size()];
    int count = lines.length;
    int word = 0;
    for (Stretch stretch : own) {
      int together = stretch.name().equals("nodes") ? nodeWordsPerLine : wordsPerLine;
      for (int first = word; word < stretch.end(); word++) {
        if (word == first || word % together == 0) {
          count++;
        }
        numbers[word] = count - 1;
      }
    }
    if (stretches.size() == numberOf.length) {
      numberOf = Arrays.copyOf(numberOf, 2 * numberOf.length);
      byWord = Arrays.copyOf(byWord, 2 * byWord.length);
    }
    byWord[stretches.size()] = new Line[numbers.length];
    numberOf[stretches.size()] = numbers;
    stretches.add(own);
    lines = Arrays.copyOf(lines, count);
  }

  private static List<Stretch> stretches(Layout layout) {
    List<Stretch> all = new ArrayList<>();
    String name = "";
    int begin = 0;
    for (Map.Entry<Integer, String> reservation : layout.reservations().entrySet()) {
      String next = plainName(reservation.getValue());
      if (!next.equals(name)) {
        all.add(new Stretch(begin, reservation.getKey(), name));
        begin = reservation.getKey();
        name = next;
      }
    }
    all.add(new Stretch(begin, layout.size(), name));
    return all;
  }

  /** A reservation's name without numbers: all rings are one to the reader. */
  private static String plainName(String name) {
    int end = name.indexOf('[');
    String whole = end < 0 ? name : name.substring(0, end);
    int digits = whole.length();
    while (digits > 0 && Character.isDigit(whole.charAt(digits - 1))) {
      digits--;
    }
    return whole.substring(0, digits).strip();
  }

  /** The line of a word of one of the memories, in the order in which these were added. */
  Line of(int memory, int word) {
    Line line = byWord[memory][word];
    return line == null ? found(memory, word) : line;
  }

  private Line found(int memory, int word) {
    int number = numberOf[memory][word];
    Line line = lines[number];
    if (line == null) {
      line = made(number, memory, word);
    }
    byWord[memory][word] = line;
    return line;
  }

  private Line made(int number, int memory, int word) {
    Stretch stretch =
        stretches.get(memory).stream().filter(one -> word < one.end()).findFirst().orElseThrow();
    int first = packed(stretch.name()) ? numberOf[memory][stretch.begin()] : Line.ALONE;
    Line line = new Line(number, stretch.name(), first);
    lines[number] = line;
    return line;
  }

  /** Arrays of elements that are smaller than a line; what is padded has no neighbour. */
  private boolean packed(String name) {
    return name.equals("items")
        || name.equals("slots")
        || name.equals("nodes") && nodeWordsPerLine > wordsPerLine;
  }

  /** The other of its aligned pair, if both are of one packed array and somebody has it. */
  @Nullable Line pairOf(Line line) {
    if (line.first < 0) {
      return null;
    }
    int number = line.first + ((line.number - line.first) ^ 1);
    Line other = number < lines.length ? lines[number] : null;
    return other != null && other.first == line.first ? other : null;
  }

  /**
   * The one behind it, likewise. Nodes are wanted in the order in which they were freed, in which
   * nobody could see where it is going.
   */
  @Nullable Line behind(Line line) {
    if (line.first < 0 || line.name.equals("nodes") || line.number + 1 == lines.length) {
      return null;
    }
    Line other = lines[line.number + 1];
    return other != null && other.first == line.first ? other : null;
  }

  /** One that was made. */
  Line numbered(int number) {
    return Objects.requireNonNull(lines[number]);
  }

  /** All that were made. */
  Stream<Line> made() {
    return Arrays.stream(lines).filter(Objects::nonNull).map(Objects::requireNonNull);
  }
}
