package dev.kretsim.plan.curve;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Quantiles of Student's t. Those for the usual confidence are written down: Java takes as long to
 * load and search for one as to read some thousand lines.
 */
final class Student {
  /** That which plans have unless told otherwise. */
  static final double USUAL = 0.95;

  /** For {@link #USUAL}, by one less than the degrees of freedom. */
  private static final double[] QUANTILES = {
    12.706204736174701,
    4.302652729749458,
    3.1824463052837073,
    2.7764451051977934,
    2.5705818356363133,
    2.446911851144971,
    2.364624251592785,
    2.306004135204165,
    2.2621571627982053,
    2.2281388519862735,
    2.200985160091639,
    2.178812829667229,
    2.1603686564627917,
    2.1447866879178044,
    2.1314495455597746,
    2.119905299221254,
    2.109815577833316,
    2.100922040241039,
    2.09302405440831,
    2.085963447265864,
    2.07961384472768,
    2.073873067904025,
    2.0686576104190486,
    2.0638985616280254,
    2.0595385527532972,
    2.0555294386428726,
    2.051830516480285,
    2.048407141795244,
    2.045229642132703,
    2.0422724563012373,
    2.039513446396408,
    2.036933343460102,
    2.034515297449339,
    2.032244509317718,
    2.030107928250342,
    2.0280940009804507,
    2.0261924630291093,
    2.0243941639119694,
    2.02269092003676,
    2.0210753903062737,
    2.0195409704413754,
    2.018081702818445,
    2.016692199227824,
    2.015367574443763,
    2.014103388880846,
    2.0128955989194286,
    2.011740513729765,
    2.010634757624232,
    2.0095752371292384,
    2.00855911210076,
    2.0075837703158355,
    2.006646805061688,
    2.0057459953178682,
    2.0048792881880564,
    2.0040447832891446,
    2.003240718847872,
    2.002465459291008,
    2.0017174841452356,
    2.000995378088267,
    2.000297822014261,
    1.999623584994939,
    1.9989715170333793,
  };

  private Student() {}

  /**
   * How many standard errors to both sides hold the mean.
   *
   * @param degrees of freedom, at least 1
   * @param confidence in (0, 1)
   */
  static double quantile(int degrees, double confidence) {
    return confidence == USUAL && degrees <= QUANTILES.length
        ? QUANTILES[degrees - 1]
        : searched(degrees, confidence);
  }

  static double searched(int degrees, double confidence) {
    return TDistribution.of(degrees).inverseCumulativeProbability((1 + confidence) / 2);
  }
}
