package dev.kretsim.workload.random;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Log-normal lengths. Many are drawn in two passes: the exponential function after each draw would
 * make the generator's state leave its registers, which costs more than both.
 */
final class LogNormalLengths implements Lengths, ContinuousSampler {
  private final ZigguratSampler.NormalizedGaussian normal;
  private final double mu;
  private final double sigma;

  LogNormalLengths(UniformRandomProvider random, double mu, double sigma) {
    this.normal = ZigguratSampler.NormalizedGaussian.of(random);
    this.mu = mu;
    this.sigma = sigma;
  }

  @Override
  public double sample() {
    return Math.exp(mu + sigma * normal.sample());
  }

  @Override
  public double getAsDouble() {
    return sample();
  }

  @Override
  public void fill(double[] into, int count) {
    for (int i = 0; i < count; i++) {
      into[i] = normal.sample();
    }
    for (int i = 0; i < count; i++) {
      into[i] = Math.exp(mu + sigma * into[i]);
    }
  }
}
