package dev.kretsim.memory.interleave;

import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A strand on a thread of its own, for code that cannot be run again. One thread moves at a time:
 * this one, or the one that steps it.
 */
final class ThreadStrand extends Interleaving.Strand {
  private final Thread thread;
  private final Semaphore go = new Semaphore(0);
  private final Semaphore stopped = new Semaphore(0);
  private long read;
  private boolean abandoned;
  private @Nullable Throwable failure;

  ThreadStrand(Interleaving interleaving, LongSupplier operation) {
    super(interleaving, Interleaving.NEVER);
    thread = new Thread(() -> run(operation), "strand");
    thread.setDaemon(true);
    thread.start();
  }

  private void run(LongSupplier operation) {
    go.acquireUninterruptibly();
    try {
      finish(operation.getAsLong());
    } catch (Unwind whenAbandoned) {
      // Nobody waits for it any more.
    } catch (RuntimeException | Error e) {
      failure = e;
    } finally {
      stopped.release();
    }
  }

  @Override
  void proceed(Access.Kind kind, int memory, int word, long first, long second, long value) {
    read = value;
    resume();
  }

  void resume() {
    interleaving.run(this);
    go.release();
    stopped.acquireUninterruptibly();
    interleaving.run(null);
    if (failure instanceof RuntimeException asItWas) {
      throw asItWas;
    }
    if (failure instanceof Error asItWas) {
      throw asItWas;
    }
  }

  @Override
  long reach(Access.Kind kind, int memory, int word, long first, long second) {
    if (!abandoned) {
      announce(kind, memory, word, first, second);
      stopped.release();
      go.acquireUninterruptibly();
    }
    if (abandoned) {
      throw Unwind.INSTANCE;
    }
    return read;
  }

  @Override
  public void abandon() {
    if (!finished()) {
      abandoned = true;
      interleaving.run(this);
      go.release();
      stopped.acquireUninterruptibly();
      interleaving.run(null);
    }
  }
}
