package dev.kretsim.kernel;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was meant where one is not known. */
public final class DidYouMean {
  private DidYouMean() {}

  /**
   * The known word that is nearest, if it is near: a third of the letters may differ, or one begins
   * with the other, or ends with it.
   *
   * @param known the words there are
   * @param word what was written
   * @return the nearest; empty if none is near
   */
  public static Optional<String> among(Collection<String> known, String word) {
    String wanted = plain(word);
    return wanted.isEmpty()
        ? Optional.empty()
        : known.stream()
            .filter(name -> isNear(plain(name), wanted))
            .min(Comparator.comparingInt(name -> distance(plain(name), wanted)));
  }

  /**
   * {@return {@code "; did you mean vfs_read?"}, or nothing}
   *
   * @param known the words there are
   * @param word what was written
   */
  public static String hint(Collection<String> known, String word) {
    return among(known, word).map(name -> "; did you mean " + name + "?").orElse("");
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  private static boolean isNear(String name, String wanted) {
    int longest = Math.max(name.length(), wanted.length());
    // Of a name that short, each other is one letter away.
    int letters = longest < 3 ? 0 : Math.max(1, longest / 3);
    return distance(name, wanted) <= letters
        || (wanted.length() >= 3 && name.startsWith(wanted))
        || (name.length() >= 3 && wanted.startsWith(name))
        || (wanted.length() >= 4 && name.endsWith(wanted));
  }

  /** Letters to insert, drop, change or swap with the next. */
  private static int distance(String one, String other) {
    int[][] cost = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        boolean same = one.charAt(i - 1) == other.charAt(j - 1);
        cost[i][j] =
            Math.min(
                cost[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[one.length()][other.length()];
  }
}
