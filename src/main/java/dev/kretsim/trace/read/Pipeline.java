package dev.kretsim.trace.read;

import dev.kretsim.trace.MovementConsumer;
import dev.kretsim.trace.pairing.LineParser;
import dev.kretsim.trace.pairing.TimeOrder;
import dev.kretsim.trace.text.Block;
import dev.kretsim.trace.text.Blocks;
import dev.kretsim.trace.text.LineDecoder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of one file with several threads. Each takes the next block of text and decodes
 * it. Then come two stages in the order of the blocks: lines are paired to calls, and calls are
 * handed on. No thread belongs to them: whoever has decoded a block carries on with a stage that is
 * idle, as far as blocks are ready for it. So memory is that of a few blocks.
 *
 * <p>The first blocks are small and read by one thread, as lines are decoded at sight only when
 * ones like them were seen before. On a small machine some more are, while Java compiles.
 */
final class Pipeline {
  private static final int FIRST_BLOCK = 1 << 12;
  private static final int FACTOR = 4;

  private final Blocks blocks;
  private final LineParser parser;
  private final Workers workers;
  private final Stage pairing;
  private final Stage calls;
  private final FreeBlocks free;
  private long next;

  Pipeline(
      TraceLines file,
      LineParser parser,
      TimeOrder order,
      MovementConsumer consumer,
      Workers workers) {
    this.blocks = file.blocks();
    this.parser = parser;
    this.workers = workers;
    int ring = 2 * workers.jobs() + 2;
    this.free = new FreeBlocks(ring, workers.blockBytes());
    this.calls =
        new Stage(ring) {
          @Override
          void process(Block block, long number) {
            consumer.take(block.movements);
            free.giveBack(block);
          }
        };
    this.pairing =
        new Stage(ring) {
          @Override
          void process(Block block, long number) {
            order.into(block.movements);
            file.take(block, parser);
            calls.ready(block, number);
          }
        };
  }

  /**
   * Reads all.
   *
   * @throws dev.kretsim.kernel.BadInputException when the trace cannot be used
   */
  void run() {
    LineDecoder decoder = parser.decoder();
    for (int size = FIRST_BLOCK; size < workers.blockBytes(); size *= FACTOR) {
      if (!decodeNext(decoder, size)) {
        return;
      }
    }
    for (int block = 0; block < workers.blocksAlone(); block++) {
      if (!decodeNext(decoder, workers.blockBytes())) {
        return;
      }
    }
    List<Thread> others = new ArrayList<>();
    for (int i = 1; i < workers.jobs(); i++) {
      Thread thread = new Thread(this::decodeAll, "kretsim-reader-" + i);
      thread.setDaemon(true);
      thread.start();
      others.add(thread);
    }
    decodeAll();
    others.forEach(Pipeline::join);
    free.rethrow();
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void decodeAll() {
    try {
      LineDecoder decoder = parser.decoder();
      while (decodeNext(decoder, workers.blockBytes())) {}
    } catch (RuntimeException | Error e) {
      free.fail(e);
    }
  }

  /** Decodes the next block and does what is then to do; false if there is none. */
  private boolean decodeNext(LineDecoder decoder, int size) {
    Block block = free.take();
    if (block == null) {
      return false;
    }
    long number;
    synchronized (blocks) {
      number = next;
      if (!blocks.fill(block, size)) {
        free.giveBack(block);
        return false;
      }
      next++;
    }
    decoder.decode(block);
    pairing.ready(block, number);
    pairing.run();
    calls.run();
    return true;
  }

  /** The blocks that nobody has, and whether reading goes on at all. */
  private static final class FreeBlocks {
    private final List<Block> blocks = new ArrayList<>();
    private final int size;
    private int unmade;
    private @Nullable Throwable failure;

    FreeBlocks(int most, int size) {
      this.unmade = most;
      this.size = size;
    }

    /** A block; null if something went wrong. */
    synchronized @Nullable Block take() {
      while (blocks.isEmpty() && unmade == 0 && failure == null) {
        try {
          wait();
        } catch (InterruptedException e) {
          fail(new IllegalStateException("interrupted while reading", e));
        }
      }
      if (failure != null) {
        return null;
      }
      if (blocks.isEmpty()) {
        unmade--;
        return Blocks.ofSize(size);
      }
      return blocks.remove(blocks.size() - 1);
    }

    synchronized void giveBack(Block block) {
      blocks.add(block);
      notifyAll();
    }

    synchronized void fail(Throwable cause) {
      if (failure == null) {
        failure = cause;
      }
      notifyAll();
    }

    synchronized void rethrow() {
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
      if (failure instanceof Error error) {
        throw error;
      }
    }
  }
}
