package dev.kretsim.memory;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the words of one structure lie: which share a cache line and which never do.
 *
 * <p>A word is 64 bits and named by its index. Every reservation starts two lines after the one
 * before it ends, so that two reservations never share a line, whatever the alignment of the array
 * behind them, and never sit in one pair of lines that a prefetcher fetches together.
 */
public final class Layout {
  /** Words in a cache line of 64 bytes. */
  public static final int WORDS_PER_LINE = 8;

  /** The most words there can be: their indexes are {@code int}s, and of one array. */
  public static final int MAX_WORDS = Integer.MAX_VALUE - 7;

  private static final int APART = 2 * WORDS_PER_LINE;

  private final TreeMap<Integer, String> names = new TreeMap<>();
  private int end = APART;

  /**
   * Reserves words that are meant to share lines.
   *
   * @param words how many, at least 1
   * @return the index of the first; the others follow it
   * @throws IllegalArgumentException if there would be more than {@link #MAX_WORDS} in all
   */
  public int reserve(int words) {
    return reserve("", words);
  }

  /**
   * Reserves words and names them.
   *
   * @param name what {@link #nameOf} calls them, for people to read
   * @param words how many, at least 1
   * @return the index of the first; the others follow it
   * @throws IllegalArgumentException if there would be more than {@link #MAX_WORDS} in all
   */
  public int reserve(String name, int words) {
    if (words < 1) {
      throw new IllegalArgumentException("words must be >= 1: words=" + words);
    }
    int first = end;
    long size = end + wordsFor(words);
    if (size > MAX_WORDS) {
      throw new IllegalArgumentException(
          "words in all must be <= %d: in all=%d words=%d".formatted(MAX_WORDS, size, words));
    }
    end = (int) size;
    names.put(first, name);
    return first;
  }

  /**
   * {@return a reservation's name, and which of its words it is if it is not the first; empty if
   * nobody has named it}
   *
   * @param word an index, reserved or not
   */
  public String nameOf(int word) {
    Map.Entry<Integer, String> named = names.floorEntry(word);
    if (named == null || named.getValue().isEmpty()) {
      return "";
    }
    int place = word - named.getKey();
    return place == 0 ? named.getValue() : named.getValue() + "[" + place + "]";
  }

  /** {@return the names of all reservations by their first words, in order} */
  public SortedMap<Integer, String> reservations() {
    return Collections.unmodifiableSortedMap(names);
  }

  /**
   * {@return how many words a reservation takes, padding included}
   *
   * @param words how many are reserved, at least 1
   */
  public static long wordsFor(int words) {
    long lines = (words - 1L) / WORDS_PER_LINE + 1;
    return lines * WORDS_PER_LINE + APART;
  }

  /** {@return how many words there are in all, padding included} */
  public int size() {
    return end;
  }
}
