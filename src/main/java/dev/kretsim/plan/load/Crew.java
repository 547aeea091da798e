package dev.kretsim.plan.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Does pieces of work that share nothing at the same time. */
final class Crew implements AutoCloseable {
  private final ExecutorService workers;

  /**
   * @param size how many pieces at once; at least 1
   */
  Crew(int size) {
    workers =
        Executors.newFixedThreadPool(
            size,
            piece -> {
              Thread thread = new Thread(piece, "replication");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Does the work with each of them; they are all done when this returns. */
  <T> void each(List<T> pieces, Consumer<T> work) {
    List<Callable<Object>> calls = new ArrayList<>();
    for (T piece : pieces) {
      calls.add(Executors.callable(() -> work.accept(piece)));
    }
    try {
      for (Future<Object> done : workers.invokeAll(calls)) {
        done.get();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while simulating", stopped);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException own) {
        throw own;
      }
      throw new IllegalStateException(failed.getCause());
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
