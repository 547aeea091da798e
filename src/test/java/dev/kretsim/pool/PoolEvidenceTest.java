package dev.kretsim.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.kretsim.planted.Evidence;
import dev.kretsim.planted.Suspect;
import dev.kretsim.testkit.PoolUnderTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What twins are one line away from is right: so what is found about a twin is that line. */
class PoolEvidenceTest {
  static Stream<PoolUnderTest> withoutTheBrokenLine() {
    return Stream.of(
        PoolUnderTest.of("whole list", false, BrokenLists.LockedList::new),
        PoolUnderTest.of("whole freelist", false, BrokenFreelists.Whole::new),
        PoolUnderTest.of("whole objpool", false, BrokenObjpools.Whole::new),
        PoolUnderTest.of("whole owned rings", false, BrokenOwnedRings.Whole::new));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withoutTheBrokenLine")
  void nothingIsFoundAboutIt(PoolUnderTest whole) {
    Suspect suspect = PoolEvidence.of(whole);
    assertThat(suspect.foundBy(Evidence.CONTRACT)).isEmpty();
    assertThat(suspect.foundBy(Evidence.LAWS)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withoutTheBrokenLine")
  void itIsLinearizable(PoolUnderTest whole) {
    // Nearly all that is found about twins is found in so many tries.
    assertThatCode(
            () ->
                LincheckedPool.check(
                    whole, LincheckTest.everySwitch().invocationsPerIteration(100)))
        .doesNotThrowAnyException();
  }
}
