package dev.kretsim.stress;

/** One CPU's calls in turn, and which of them a probe saw. */
public final class Turns {
  /** So many take about as long as a probe takes to come or go. */
  public static final int CALLS = 6;

  private static final String MIXED = "now and then";

  private int seen;
  private int changes;
  private boolean firstSeen;
  private boolean lastSeen;
  private int calls;

  public void add(boolean wasSeen) {
    if (calls == 0) {
      firstSeen = wasSeen;
    } else if (wasSeen != lastSeen) {
      changes++;
    }
    lastSeen = wasSeen;
    seen += wasSeen ? 1 : 0;
    calls++;
  }

  /**
   * {@code none}, {@code all} or, if it saw none that comes before one unseen, {@code the last}.
   */
  public String rising() {
    return seen == 0
        ? "none"
        : seen == calls ? "all" : changes == 1 && lastSeen ? "the last" : MIXED;
  }

  /** {@code none}, or {@code some} if those seen follow each other. */
  public String inOnePiece() {
    int most = firstSeen || lastSeen ? 1 : 2;
    return seen == 0 ? "none" : changes <= most ? "some" : MIXED;
  }

  /**
   * {@code none}, {@code all} or, if it saw none that comes after one unseen, {@code the first}.
   */
  public String falling() {
    return seen == 0
        ? "none"
        : seen == calls ? "all" : changes == 1 && firstSeen ? "the first" : MIXED;
  }
}
