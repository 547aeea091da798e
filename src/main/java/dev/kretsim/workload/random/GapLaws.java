package dev.kretsim.workload.random;

import dev.kretsim.workload.random.Arrivals.Gaps;
import java.util.function.DoubleSupplier;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/** The laws behind {@link Arrivals}. */
final class GapLaws {
  private static final int DRAWS_FOR_A_MEAN = 1 << 20;

  private GapLaws() {}

  /** Gaps that depend on nothing before. */
  private record Memoryless(Lengths gaps) implements Gaps {
    @Override
    public void begin(double[] state) {}

    @Override
    public double next(double[] state) {
      return gaps.getAsDouble();
    }

    @Override
    public void fill(double[] state, double[] into, int count) {
      gaps.fill(into, count);
    }
  }

  static Gaps poisson(UniformRandomProvider random, double meanNs) {
    return new Memoryless(new ExponentialLengths(random, meanNs));
  }

  static Gaps renewal(UniformRandomProvider random, Distribution law) {
    return new Memoryless(law.exactSampler(random));
  }

  static Gaps mmpp(UniformRandomProvider random, double[] gapNs, double[] stayNs) {
    ContinuousSampler unit = ZigguratSampler.Exponential.of(random);
    DoubleSupplier[] stays = new DoubleSupplier[stayNs.length];
    for (int phase = 0; phase < stays.length; phase++) {
      double mean = stayNs[phase];
      stays[phase] = () -> mean * unit.sample();
    }
    return new Phases(random, unit, gapNs, stayNs, stays);
  }

  static Gaps onOff(UniformRandomProvider random, double gapNs, Distribution on, Distribution off) {
    return new Phases(
        random,
        ZigguratSampler.Exponential.of(random),
        new double[] {gapNs, Double.POSITIVE_INFINITY},
        new double[] {on.meanNs(), off.meanNs()},
        new DoubleSupplier[] {on.exactSampler(random), off.exactSampler(random)});
  }

  /** Poisson calls at a rate that goes round its phases. */
  private record Phases(
      UniformRandomProvider random,
      ContinuousSampler unit,
      double[] gapNs,
      double[] meanStayNs,
      DoubleSupplier[] stays)
      implements Gaps {
    private static final int PHASE = 0;
    private static final int LEFT = 1;

    @Override
    public void begin(double[] state) {
      double all = 0;
      for (double stay : meanStayNs) {
        all += stay;
      }
      double at = random.nextDouble() * all;
      int phase = 0;
      while (phase < meanStayNs.length - 1 && at >= meanStayNs[phase]) {
        at -= meanStayNs[phase++];
      }
      state[PHASE] = phase;
      state[LEFT] = stays[phase].getAsDouble();
    }

    @Override
    public double next(double[] state) {
      double passed = 0;
      while (true) {
        int phase = (int) state[PHASE];
        // Without memory, what is left of a gap at the end of a phase may be drawn anew.
        double gap =
            gapNs[phase] == Double.POSITIVE_INFINITY ? gapNs[phase] : gapNs[phase] * unit.sample();
        if (gap <= state[LEFT]) {
          state[LEFT] -= gap;
          return passed + gap;
        }
        passed += state[LEFT];
        int following = phase + 1 == stays.length ? 0 : phase + 1;
        state[PHASE] = following;
        state[LEFT] = stays[following].getAsDouble();
      }
    }
  }

  static Gaps batch(UniformRandomProvider random, double gapNs, Distribution size) {
    ContinuousSampler gap = ZigguratSampler.Exponential.of(random, gapNs);
    DoubleSupplier sizes = size.exactSampler(random);
    return new Gaps() {
      @Override
      public void begin(double[] state) {
        state[0] = 0;
      }

      @Override
      public double next(double[] state) {
        if (state[0] > 0) {
          state[0]--;
          return 0;
        }
        state[0] = batchSize(sizes) - 1;
        return gap.sample();
      }
    };
  }

  static Gaps faster(Gaps gaps, double factor) {
    return new Gaps() {
      @Override
      public void begin(double[] state) {
        gaps.begin(state);
      }

      @Override
      public double next(double[] state) {
        return gaps.next(state) / factor;
      }

      @Override
      public void fill(double[] state, double[] into, int count) {
        gaps.fill(state, into, count);
        for (int i = 0; i < count; i++) {
          into[i] /= factor;
        }
      }
    };
  }

  private static double batchSize(DoubleSupplier sizes) {
    return Math.max(1, Math.rint(sizes.getAsDouble()));
  }

  /** The mean number of calls in a batch: whole numbers, at least one. */
  static double meanBatch(Distribution size) {
    DoubleSupplier sizes = size.exactSampler(RandomSource.XO_RO_SHI_RO_128_PP.create(1));
    double sum = 0;
    for (int i = 0; i < DRAWS_FOR_A_MEAN; i++) {
      sum += batchSize(sizes);
    }
    return sum / DRAWS_FOR_A_MEAN;
  }
}
