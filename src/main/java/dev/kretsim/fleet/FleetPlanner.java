package dev.kretsim.fleet;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.Recommendation;
import dev.kretsim.plan.advise.Planner;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.read.TraceContent;
import dev.kretsim.trace.read.TraceFormat;
import dev.kretsim.trace.read.TraceReader;
import dev.kretsim.trace.read.Workers;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Plans each host by itself, several at once, and joins the results.
 *
 * <p>A host's trace is read by one thread: there are more hosts than processors. The result does
 * not depend on how many are read at once.
 */
public final class FleetPlanner {
  private final PlanQuestion question;
  private final double cover;
  private final int jobs;
  private final @Nullable HostCache cache;

  /**
   * @param cover the share of the hosts that the covering number is to fit, in (0, 1]
   * @param jobs how many hosts are read at once, at least 1
   * @param cache the folder in which what is known of a host is kept for the next time; null: none
   */
  public FleetPlanner(PlanQuestion question, double cover, int jobs, @Nullable Path cache) {
    this.question = question;
    this.cover = cover;
    this.jobs = jobs;
    this.cache = cache == null ? null : new HostCache(cache, question);
  }

  /**
   * The plan of a fleet. Hosts that cannot be planned are listed in it.
   *
   * @param progress is told which share of the hosts is done
   * @throws BadInputException if no host can be planned
   */
  public FleetPlan plan(List<Host> hosts, DoubleConsumer progress) {
    return new FleetSum(question, cover).of(results(hosts, progress));
  }

  private List<HostResult> results(List<Host> hosts, DoubleConsumer progress) {
    AtomicInteger done = new AtomicInteger();
    ExecutorService readers = Executors.newFixedThreadPool(jobs);
    try {
      List<Future<HostResult>> begun = new ArrayList<>();
      for (Host host : hosts) {
        begun.add(
            readers.submit(
                () -> {
                  HostResult result =
                      cache == null ? planned(host) : cache.known(host, () -> planned(host));
                  progress.accept((double) done.incrementAndGet() / hosts.size());
                  return result;
                }));
      }
      List<HostResult> results = new ArrayList<>();
      for (Future<HostResult> one : begun) {
        results.add(one.get());
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

  private HostResult planned(Host host) {
    List<String> files = host.files().stream().map(Path::toString).toList();
    try (TraceSource source = TraceSource.of(files, InputStream.nullInputStream())) {
      TraceContent content = TraceContent.of(source, null);
      if (content.kind() != TraceFormat.Kind.CALLS) {
        throw new BadInputException(
            source.name()
                + ": is "
                + content.format().label()
                + ", which does not tell when calls came; expected traces");
      }
      Plan plan = new Planner(question).plan(source, new TraceReader(source, null, Workers.of(1)));
      return new HostResult(
          host.name(),
          plan.functions().stream().map(one -> row(one, plan.possibleCpus().number())).toList(),
          null);
    } catch (BadInputException unusable) {
      return new HostResult(host.name(), List.of(), String.valueOf(unusable.getMessage()));
    }
  }

  private static HostFunction row(FunctionPlan plan, @Nullable Integer possibleCpus) {
    Recommendation recommended = plan.recommendation();
    FunctionPlan.@Nullable Hold hold = plan.hold();
    return new HostFunction(
        plan.function(),
        plan.calls(),
        plan.curve().stream().map(FunctionPlan.Point::missed).toList(),
        plan.spanNs(),
        plan.ratePerSecond(),
        hold == null ? null : (Double) hold.meanNs(),
        plan.threads(),
        plan.burstiness(),
        plan.lostExits(),
        recommended.maxactive(),
        recommended.defaultMaxactive(),
        recommended.verdict() == Recommendation.Verdict.KEEP_DEFAULT,
        possibleCpus);
  }
}
