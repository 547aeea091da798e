package dev.kretsim.fleet;

import dev.kretsim.trace.TraceSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Plans each host by itself, several at once; {@link FleetSum} joins the results.
 *
 * <p>A host's trace is read by one thread: there are more hosts than processors. The result does
 * not depend on how many are read at once.
 */
public final class FleetPlanner {
  private final HostPlanner planner;
  private final int jobs;
  private final @Nullable HostCache cache;

  /**
   * @param jobs how many hosts are read at once, at least 1
   * @param cache the folder in which what is known of a host is kept for the next time; null: none
   * @param version of this program; what another one has kept is not used
   */
  public FleetPlanner(FleetQuestion question, int jobs, @Nullable Path cache, String version) {
    this.planner = new HostPlanner(question);
    this.jobs = jobs;
    this.cache = cache == null ? null : new HostCache(cache, question, version);
  }

  /**
   * What became of the hosts, in the order in which they are given.
   *
   * @param progress is told which share of the hosts is done
   */
  public List<HostResult> results(List<Host> hosts, DoubleConsumer progress) {
    AtomicInteger done = new AtomicInteger();
    HeapWatch heap = HeapWatch.ofThisProgram();
    ExecutorService readers = Executors.newFixedThreadPool(jobs);
    try {
      Map<Host, Future<HostResult>> begun = new HashMap<>();
      for (Host host : largestFirst(hosts)) {
        begun.put(
            host,
            readers.submit(
                () -> {
                  HostResult result =
                      cache == null ? planned(host) : cache.known(host, () -> planned(host));
                  heap.hostDone();
                  progress.accept((double) done.incrementAndGet() / hosts.size());
                  return result;
                }));
      }
      List<HostResult> results = new ArrayList<>();
      for (Host host : hosts) {
        results.add(Objects.requireNonNull(begun.get(host)).get());
      }
      return results;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Error error) {
        throw error;
      }
      if (failed.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IllegalStateException(failed.getCause());
    } finally {
      readers.shutdownNow();
    }
  }

  /** A large one that began last would keep one processor busy and leave the others idle. */
  private static List<Host> largestFirst(List<Host> hosts) {
    Map<Host, Long> bytes = new HashMap<>();
    hosts.forEach(
        host -> bytes.put(host, host.files().stream().mapToLong(FleetPlanner::size).sum()));
    List<Host> ordered = new ArrayList<>(hosts);
    ordered.sort(Comparator.comparing((Host host) -> bytes.getOrDefault(host, 0L)).reversed());
    return ordered;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException unreadable) {
      return 0;
    }
  }

  private HostResult planned(Host host) {
    for (Path file : host.files()) {
      if (Files.isDirectory(file)) {
        String why = file + ": is a folder that may not be read, so nor may the hosts in it";
        return new HostResult(host.name(), List.of(), List.of(), why);
      }
    }
    List<String> files = host.files().stream().map(Path::toString).toList();
    return planner.planned(host.name(), () -> TraceSource.of(files, InputStream.nullInputStream()));
  }
}
