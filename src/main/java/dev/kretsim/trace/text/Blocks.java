package dev.kretsim.trace.text;

import dev.kretsim.kernel.BadInputException;

/** Cuts what a {@link LineReader} has not read yet into blocks of whole lines. */
public final class Blocks {
  /** How many bytes to read at least. */
  private static final int LEAST = 64;

  private final LineReader reader;
  private byte[] rest = {};
  private int restLength;
  private boolean begun;
  private boolean over;

  public Blocks(LineReader reader) {
    this.reader = reader;
  }

  /** A block with room for lines of about so many bytes. */
  public static Block ofSize(int bytes) {
    return new Block(bytes);
  }

  /**
   * Fills a block with the next lines, of which there may be none.
   *
   * @param most how many bytes to read at most, unless a line is longer
   * @return false if there are no more blocks; then this one is void
   */
  public boolean fill(Block block, int most) {
    if (over) {
      return false;
    }
    block.begin();
    try {
      read(block, most);
    } catch (BadInputException e) {
      block.cut(lastNewline(block, block.from()) + 1);
      block.failure = e;
      block.setLast();
    }
    over = block.isLast();
    return true;
  }

  private void read(Block block, int most) {
    if (!begun) {
      begun = true;
      reader.moveRestTo(block);
    }
    block.put(rest, restLength);
    restLength = 0;
    int searchedFrom = block.from();
    while (true) {
      int room = Math.min(block.room(), Math.max(LEAST, most - (block.to() - block.from())));
      int read = block.room() == 0 ? 0 : reader.readInto(block.bytes(), block.to(), room);
      if (read < 0) {
        block.setLast();
        return;
      }
      block.filled(read);
      boolean enough = block.to() - block.from() >= most || block.room() == 0;
      if (enough) {
        int newline = lastNewline(block, searchedFrom);
        if (newline >= searchedFrom) {
          keepRest(block, newline + 1);
          return;
        }
        searchedFrom = block.to();
        reader.checkUnfinished(block.to() - block.from());
        if (block.room() == 0) {
          block.makeRoom();
        }
      }
    }
  }

  private static int lastNewline(Block block, int from) {
    byte[] bytes = block.bytes();
    for (int i = block.to() - 1; i >= from; i--) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return from - 1;
  }

  private void keepRest(Block block, int from) {
    restLength = block.to() - from;
    if (rest.length < restLength) {
      rest = new byte[2 * restLength];
    }
    System.arraycopy(block.bytes(), from, rest, 0, restLength);
    block.cut(from);
  }
}
