package dev.kretsim.trace.event;

import dev.kretsim.trace.text.Block;
import dev.kretsim.trace.text.Eight;
import dev.kretsim.trace.text.Line;
import dev.kretsim.trace.text.LineDecoder;
import dev.kretsim.trace.text.LineReader;

/**
 * Decodes lines of kprobe events whose head and tail were seen before, which then mean what they
 * meant; the others it leaves to the parser.
 */
final class EventDecoder extends LineDecoder {
  private static final long BRACKETS = Eight.all(')');

  /** No record is shorter: what stands behind a longer line's bracket may be another. */
  private static final int SHORTEST = 32;

  private final EventTexts texts;

  /** What the latest line was that was understood. */
  long timeNs;

  int head;
  int tail;

  EventDecoder(EventTexts texts) {
    this.texts = texts;
  }

  @Override
  public void decode(Block block) {
    EventTexts.Known known = texts.known();
    if (known == null) {
      super.decode(block);
      return;
    }
    block.meaning = known;
    begin();
    int at = block.from();
    int end = block.to();
    while (at < end) {
      int next = read(block.bytes(), known, at, end);
      if (next == Line.NONE) {
        at = pass(block, at);
      } else {
        block.add(timeNs, head, tail, Line.NONE);
        at = next;
      }
    }
  }

  /**
   * Decodes a line.
   *
   * @return where the next begins; {@link Line#NONE} if it was not understood
   */
  int read(byte[] bytes, EventTexts.Known known, int at, int end) {
    int dotAt = at + known.stamps().dot();
    int stampTo = dotAt + known.stamps().fraction();
    if (bytes[dotAt] != '.' || bytes[stampTo] != ':') {
      return Line.NONE;
    }
    int unusedBits = known.stamps().unusedBits();
    long secondsNs = secondsNs(bytes, dotAt, unusedBits);
    long fractionNs = fractionNs(bytes, dotAt, known.stamps());
    int headLength = known.stamps().dot() - (Long.SIZE - unusedBits) / Byte.SIZE;
    head = known.heads().find(bytes, at, headLength);
    int tailFrom = stampTo + 1;
    tail = known.tails().findUpTo(bytes, tailFrom, BRACKETS);
    if (secondsNs == Line.NONE
        || fractionNs == Line.NONE
        || head < 0
        || head >= known.headsKnown()
        || tail < 0
        || tail >= known.tailsKnown()) {
      return Line.NONE;
    }
    timeNs = secondsNs + fractionNs;
    int restFrom = tailFrom + known.tails().length(tail);
    int newline = restFrom;
    if (bytes[newline] != '\n') {
      newline = Eight.newline(bytes, newline, end);
    }
    if (newline == Line.NONE
        || newline >= end
        || newline - at > LineReader.LONGEST_LINE
        || (newline - restFrom >= SHORTEST && mayHoldAnother(bytes, restFrom, newline))) {
      return Line.NONE;
    }
    return newline + 1;
  }

  /** Whether a bracket opens behind a colon and blanks, as it does in each record. */
  private static boolean mayHoldAnother(byte[] bytes, int from, int to) {
    for (int i = from + 2; i < to; i++) {
      if (bytes[i] == '(' && bytes[i - 1] == ' ') {
        int before = i - 1;
        while (before > from && bytes[before] == ' ') {
          before--;
        }
        if (bytes[before] == ':') {
          return true;
        }
      }
    }
    return false;
  }
}
