package dev.kretsim.pool;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.memory.YieldingMemory;
import dev.kretsim.testkit.PoolUnderTest;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pools are linearizable, says Lincheck, as a bag with a capacity: those that may miss
 * transiently as one that may miss at any time. Misses behind the scan of three CPUs are the
 * explorer's to find.
 */
class LincheckTest {
  static ModelCheckingOptions everySwitch() {
    return new ModelCheckingOptions().iterations(4).invocationsPerIteration(250);
  }

  private static StressOptions realThreads() {
    return new StressOptions().iterations(2).invocationsPerIteration(1000);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"hlist under queued", "freelist", "objpool", "ring"})
  void noSwitchOfThreadsBreaksAShippedPool(String pool) {
    LincheckedPool.check(ShippedPools.named(pool), everySwitch());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "stack without a tag",
        "list that misses when the lock is taken",
        "ring that takes without an exchange",
        "freelist whose peekers hold nothing"
      })
  void someSwitchOfThreadsBreaksABrokenOne(String twin) {
    assertThatThrownBy(() -> LincheckedPool.check(BrokenPools.named(twin), everySwitch()))
        .isInstanceOf(LincheckAssertionError.class)
        .hasMessageNotContaining("UnsupportedOperation");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"hlist under queued", "freelist", "objpool", "ring"})
  void realThreadsDoNotBreakAShippedPool(String pool) {
    LincheckedPool.check(ShippedPools.named(pool), realThreads());
  }

  /** Through gaps so wide that real threads fall into them. */
  @Test
  void realThreadsBreakABrokenOne() {
    PoolUnderTest twin = BrokenPools.named("ring that takes without an exchange");
    assertThatThrownBy(() -> LincheckedPool.check(twin.on(YieldingMemory::new), realThreads()))
        .isInstanceOf(LincheckAssertionError.class)
        .hasMessageNotContaining("UnsupportedOperation");
  }
}
