package dev.kretsim.explain;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a fact of a step says: something to read, and something for tools. */
public sealed interface Value {
  /** As people read it. */
  String text();

  /** As people read it, where it was something else before. */
  default String textAfter(Value before) {
    return before.text() + " -> " + text();
  }

  /** Words. */
  record Words(String text) implements Value {}

  /** A number. */
  record Count(long number) implements Value {
    @Override
    public String text() {
      return Long.toString(number);
    }
  }

  /**
   * A 64-bit word, and what lies there if it is an address.
   *
   * @param symbol such as {@code vfs_read+0x4}; empty if it is no address of a function
   */
  record Word(long bits, String symbol) implements Value {
    /** {@code 0x2a}. */
    public String hex() {
      return "0x" + Long.toHexString(bits);
    }

    @Override
    public String text() {
      return symbol.isEmpty() ? hex() : hex() + " " + symbol;
    }
  }

  /**
   * Free instances.
   *
   * @param lists one for all CPUs, or one for each possible CPU; next to be handed out first
   */
  record Instances(List<List<Integer>> lists) implements Value {
    /** CPUs that are shown, and instances of each. */
    private static final int FEW = 3;

    private static final int MANY = 6;

    public Instances {
      lists = lists.stream().map(List::copyOf).toList();
    }

    @Override
    public String text() {
      if (lists.size() == 1) {
        return numbers(lists.get(0));
      }
      List<String> shown =
          IntStream.range(0, lists.size())
              .filter(cpu -> lists.size() <= FEW || !lists.get(cpu).isEmpty())
              .mapToObj(cpu -> "cpu" + cpu + ": " + numbers(lists.get(cpu)))
              .toList();
      if (shown.isEmpty()) {
        return "none";
      }
      return shown.size() <= FEW
          ? String.join(", ", shown)
          : "%s, and on %d CPUs more"
              .formatted(String.join(", ", shown.subList(0, FEW)), shown.size() - FEW);
    }

    @Override
    public String textAfter(Value before) {
      if (!(before instanceof Instances was) || was.lists.size() != lists.size()) {
        return Value.super.textAfter(before);
      }
      return IntStream.range(0, lists.size())
          .filter(cpu -> !lists.get(cpu).equals(was.lists.get(cpu)))
          .mapToObj(
              cpu ->
                  "%s%s -> %s"
                      .formatted(
                          lists.size() == 1 ? "" : "cpu" + cpu + ": ",
                          numbers(was.lists.get(cpu)),
                          numbers(lists.get(cpu))))
          .collect(Collectors.joining(", "));
    }

    private static String numbers(List<Integer> free) {
      if (free.isEmpty()) {
        return "none";
      }
      String first =
          free.stream().limit(MANY).map(String::valueOf).collect(Collectors.joining(" "));
      return free.size() <= MANY ? first : "%s and %d more".formatted(first, free.size() - MANY);
    }
  }

  /** Several things in order, such as a list's members. */
  record Members(List<String> names) implements Value {
    public Members {
      names = List.copyOf(names);
    }

    @Override
    public String text() {
      return names.isEmpty() ? "empty" : String.join(", ", names);
    }
  }
}
