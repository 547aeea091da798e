package dev.kretsim.workload.random;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** Exponential lengths; the loop of its own keeps the compiled call to the sampler direct. */
final class ExponentialLengths implements Lengths, ContinuousSampler {
  private final ZigguratSampler.Exponential sampler;

  ExponentialLengths(UniformRandomProvider random, double meanNs) {
    this.sampler = ZigguratSampler.Exponential.of(random, meanNs);
  }

  @Override
  public double sample() {
    return sampler.sample();
  }

  @Override
  public double getAsDouble() {
    return sampler.sample();
  }

  @Override
  public void fill(double[] into, int count) {
    for (int i = 0; i < count; i++) {
      into[i] = sampler.sample();
    }
  }
}
