package dev.kretsim.plan.load;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.plan.formula.InsideLaw;
import dev.kretsim.workload.random.Arrivals;
import dev.kretsim.workload.random.Distribution;
import dev.kretsim.workload.random.Lengths;
import dev.kretsim.workload.random.RandomStream;

/** A load that is described, not recorded: who calls when, and how long calls stay inside. */
public sealed interface SyntheticLoad {
  /** Calls come whether or not others are inside. */
  record Open(Arrivals arrivals, Distribution hold) implements SyntheticLoad {
    @Override
    public double offeredLoad() {
      return arrivals.ratePerSecond() * hold.meanNs() / NS_PER_SECOND;
    }

    @Override
    public double ratePerSecond() {
      return arrivals.ratePerSecond();
    }

    @Override
    public double relaxationNs() {
      return hold.meanNs();
    }

    @Override
    public Open times(double factor) {
      return new Open(arrivals.times(factor), hold);
    }

    @Override
    public boolean repeatsItself() {
      return false;
    }

    @Override
    public Trails trails(Streams.OfOne streams) {
      OpenSource source = source(streams);
      Lengths holds = source.holds().ahead(DRAWN_AHEAD);
      return () -> new OpenTrail(source.gaps(), holds, source.gapNs(), offeredLoad());
    }

    /** Plays the same calls as the first trail, if no other is begun. */
    OpenEngine engine(Streams.OfOne streams) {
      return OpenEngine.of(source(streams), offeredLoad());
    }

    OpenSource source(Streams.OfOne streams) {
      return new OpenSource(
          arrivals.gaps(streams.next()),
          hold.exactSampler(streams.next()),
          NS_PER_SECOND / ratePerSecond());
    }

    @Override
    public InsideLaw insideAtCalls() {
      return arrivals.isPoisson() ? InsideLaw.poisson(offeredLoad()) : InsideLaw.unknown();
    }

    @Override
    public String toString() {
      return arrivals + ", hold " + hold;
    }
  }

  /**
   * Threads that call, stay inside, think, and call again; also when the call is missed.
   *
   * @param threads from 1 to {@value #MOST_THREADS}
   */
  record Closed(int threads, Distribution think, Distribution hold) implements SyntheticLoad {
    public Closed {
      if (threads < 1 || threads > MOST_THREADS) {
        throw new BadInputException("--threads must be from 1 to " + MOST_THREADS + ": " + threads);
      }
      if (think.meanNs() + hold.meanNs() == 0) {
        throw new BadInputException("--think and --hold must not both be 0: no time would pass");
      }
    }

    @Override
    public double offeredLoad() {
      return threads * hold.meanNs() / relaxationNs();
    }

    @Override
    public double ratePerSecond() {
      return threads * NS_PER_SECOND / relaxationNs();
    }

    @Override
    public double relaxationNs() {
      return hold.meanNs() + think.meanNs();
    }

    @Override
    public Closed times(double factor) {
      return new Closed((int) Math.ceil(threads * factor), think, hold);
    }

    @Override
    public boolean repeatsItself() {
      return think.isFixed() && hold.isFixed();
    }

    @Override
    public Trails trails(Streams.OfOne streams) {
      Lengths holds = hold.exactSampler(streams.next()).ahead(DRAWN_AHEAD);
      Lengths thinks = think.exactSampler(streams.next()).ahead(DRAWN_AHEAD);
      RandomStream phases = streams.next();
      double[] begins = new double[threads];
      for (int thread = 0; thread < threads; thread++) {
        begins[thread] = phases.nextDouble() * relaxationNs();
      }
      return () -> new ClosedTrail(begins, holds, thinks);
    }

    @Override
    public InsideLaw insideAtCalls() {
      return repeatsItself()
          ? InsideLaw.unknown()
          : InsideLaw.binomial(threads - 1, hold.meanNs() / relaxationNs());
    }

    @Override
    public String toString() {
      return threads
          + (threads == 1 ? " thread" : " threads")
          + ", think "
          + think
          + ", hold "
          + hold;
    }
  }

  /** The most threads of a closed source. */
  int MOST_THREADS = 100_000;

  double NS_PER_SECOND = 1e9;

  /** So many lengths are drawn at a time, from streams that serve nothing else. */
  int DRAWN_AHEAD = 256;

  /** The mean number inside. */
  double offeredLoad();

  /** Calls per second. */
  double ratePerSecond();

  /** About the time after which the number inside has forgotten what it was, in ns. */
  double relaxationNs();

  /** The load with so many times the calls: a faster clock for the arrivals, or more threads. */
  SyntheticLoad times(double factor);

  /** Whether nothing is random but the start. */
  boolean repeatsItself();

  /** The law of the number inside as calls find it, where it is known. */
  InsideLaw insideAtCalls();

  /**
   * Makes trails of this load, all of them at its start, which draw from the same streams.
   *
   * @param streams of one replication
   */
  Trails trails(Streams.OfOne streams);

  /** The mean and the law of the holds. */
  Distribution hold();

  /** See {@link SyntheticLoad#trails}. */
  @FunctionalInterface
  interface Trails {
    /** A new one. */
    Trail begin();
  }

  /**
   * Streams of random numbers, all from one seed, of which no two overlap: replications are 2^96
   * numbers apart on the generator's period, and the sources of one 2^64.
   */
  final class Streams {
    private final RandomStream trunk;

    public Streams(long seed) {
      trunk = RandomStream.trunk(seed);
    }

    /** Those of the next replication. */
    public OfOne next() {
      return new OfOne(trunk.largeBranch());
    }

    /** A stream for each source of one replication. */
    static final class OfOne {
      private final RandomStream branch;

      private OfOne(RandomStream branch) {
        this.branch = branch;
      }

      /** That of the next source. */
      RandomStream next() {
        return branch.branch();
      }
    }
  }
}
