package dev.kretsim.plan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kretsim.trace.histogram.HoldHistogram;
import dev.kretsim.trace.histogram.HoldHistogram.Bucket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A histogram's mean is as exact as its source tells it, and no more. */
class HoldLawTest {
  private static final List<Bucket> BUCKETS =
      List.of(new Bucket(0, 1000, 10), new Bucket(1000, 3000, 30));

  @Test
  void aKnownSumGivesTheMean() {
    HoldLaw law = HoldLaw.of("h", new HoldHistogram("f", BUCKETS, 52_000L));
    assertThat(law.distribution().meanNs()).isCloseTo(1300, within(1e-9));
    assertThat(law.remarks()).isEmpty();
  }

  @Test
  void withoutOneTheMiddlesAreTakenAndTheDoubtIsTold() {
    HoldLaw law = HoldLaw.of("h", new HoldHistogram(null, BUCKETS, null));
    assertThat(law.distribution().meanNs()).isCloseTo(0.25 * 500 + 0.75 * 2000, within(1e-9));
    assertThat(law.remarks()).hasSize(1);
    assertThat(law.remarks().get(0)).contains("between 750 and 2500 ns", "1625 is taken");
  }

  @Test
  void aBucketWithoutEndIsTold() {
    HoldHistogram open =
        new HoldHistogram("f", List.of(new Bucket(1000, Long.MAX_VALUE, 4)), 6000L);
    assertThat(HoldLaw.of("h", open).remarks().get(0))
        .contains("4 calls lie in a bucket without end");
  }

  @Test
  void noCallIsRefused() {
    assertThatThrownBy(() -> HoldLaw.of("h", new HoldHistogram("f", List.of(), null)))
        .hasMessageContaining("without a call");
  }
}
