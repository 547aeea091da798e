package dev.kretsim.explain;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a fact of a step says: something to read, and something for tools. */
public sealed interface Value {
  /** As people read it. */
  String text();

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
    public Instances {
      lists = lists.stream().map(List::copyOf).toList();
    }

    @Override
    public String text() {
      return lists.size() == 1
          ? numbers(lists.get(0))
          : IntStream.range(0, lists.size())
              .mapToObj(cpu -> "cpu" + cpu + ": " + numbers(lists.get(cpu)))
              .collect(Collectors.joining(", "));
    }

    private static String numbers(List<Integer> free) {
      return free.isEmpty()
          ? "none"
          : free.stream().map(String::valueOf).collect(Collectors.joining(" "));
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
