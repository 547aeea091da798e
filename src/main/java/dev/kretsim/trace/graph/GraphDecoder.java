package dev.kretsim.trace.graph;

import dev.kretsim.trace.text.Block;
import dev.kretsim.trace.text.Eight;
import dev.kretsim.trace.text.Line;
import dev.kretsim.trace.text.LineDecoder;
import dev.kretsim.trace.text.SeenText;

/**
 * Decodes lines of function_graph whose head and tail were seen before, which then mean what they
 * meant; the others it leaves to the parser.
 */
final class GraphDecoder extends LineDecoder {
  private final GraphTexts texts;

  /** What the latest line was that was understood. */
  long timeNs;

  int head;
  int tail;
  long holdNs;

  GraphDecoder(GraphTexts texts) {
    this.texts = texts;
  }

  @Override
  public void decode(Block block) {
    GraphTexts.Known known = texts.known();
    if (known == null) {
      super.decode(block);
      return;
    }
    block.meaning = known;
    begin();
    int at = block.from();
    int end = block.to();
    while (at < end) {
      int next = readCall(block.bytes(), known, at);
      if (next == Line.NONE) {
        next = readBetween(block.bytes(), known, at);
      }
      if (next != Line.NONE && next <= end) {
        block.add(timeNs, head, tail, holdNs);
        at = next;
      } else if (block.bytes()[at] == '\n') {
        block.blank();
        at++;
      } else {
        at = pass(block, at);
      }
    }
  }

  /** Whether a line could be decoded that ends there, newline included. */
  boolean reads(byte[] bytes, GraphTexts.Known known, int from, int to) {
    return readCall(bytes, known, from) == to || readBetween(bytes, known, from) == to;
  }

  /**
   * Decodes the line of a call.
   *
   * @return where the next line begins; {@link Line#NONE} if this one was not understood
   */
  private int readCall(byte[] bytes, GraphTexts.Known known, int at) {
    int dotAt = at + known.stamps().dot();
    if (bytes[dotAt] != '.') {
      return Line.NONE;
    }
    long secondsNs = secondsNs(bytes, dotAt, known.stamps().unusedBits());
    long fractionNs = fractionNs(bytes, dotAt, known.stamps());
    int headFrom = dotAt + known.stamps().fraction();
    head = known.heads().find(bytes, headFrom, known.headLength());
    int durationFrom = headFrom + known.headLength();
    holdNs = DurationColumn.read(bytes, durationFrom, known.width());
    int tailFrom = durationFrom + known.width();
    SeenText tails = known.tails();
    tail = tails.findUpTo(bytes, tailFrom, Eight.NEWLINES);
    timeNs = secondsNs + fractionNs;
    if (secondsNs == Line.NONE
        || fractionNs == Line.NONE
        || head < 0
        || head >= known.headsKnown()
        || tail < 0
        || tail >= known.tailsKnown()
        || holdNs == DurationColumn.UNKNOWN
        || (holdNs == Line.NONE && known.tailOf()[tail].kind() == GraphTexts.Kind.LEAF)) {
      return Line.NONE;
    }
    return tailFrom + tails.length(tail);
  }

  private int readBetween(byte[] bytes, GraphTexts.Known known, int at) {
    tail = known.between().findUpTo(bytes, at, Eight.NEWLINES);
    if (tail < 0 || tail >= known.betweenKnown()) {
      return Line.NONE;
    }
    head = GraphTexts.BETWEEN;
    return at + known.between().length(tail);
  }
}
