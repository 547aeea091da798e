package dev.kretsim.pool;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.kotlinx.lincheck.LinChecker;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pools are linearizable, says Lincheck, as a bag with a capacity: those that may miss
 * transiently as one that may miss at any time. Misses behind the scan of three CPUs are the
 * explorer's to find.
 */
class LincheckTest {
  private static final int THREADS = 2;
  private static final int OPERATIONS = 4;

  private static ModelCheckingOptions everySwitch() {
    return shaped(new ModelCheckingOptions()).iterations(4).invocationsPerIteration(250);
  }

  private static StressOptions realThreads() {
    return shaped(new StressOptions()).iterations(2).invocationsPerIteration(1000);
  }

  private static <O extends Options<O, ?>> O shaped(O options) {
    return options
        .threads(THREADS)
        .actorsPerThread(OPERATIONS)
        .actorsBefore(0)
        .actorsAfter(OPERATIONS / 2)
        .minimizeFailedScenario(false);
  }

  private static void check(Class<? extends LincheckedPool> pool, Options<?, ?> how) {
    if (LincheckedPool.Exact.class.isAssignableFrom(pool)) {
      how.sequentialSpecification(LincheckedPool.Bag.class);
    }
    LinChecker.check(pool, how);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      classes = {
        LincheckedPool.Hlist.class,
        LincheckedPool.Freelist.class,
        LincheckedPool.Objpool.class,
        LincheckedPool.Ring.class
      })
  void noSwitchOfThreadsBreaksAShippedPool(Class<? extends LincheckedPool> pool) {
    check(pool, everySwitch());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      classes = {
        LincheckedPool.Untagged.class,
        LincheckedPool.Impatient.class,
        LincheckedPool.Unfenced.class,
        LincheckedPool.Careless.class
      })
  void someSwitchOfThreadsBreaksABrokenOne(Class<? extends LincheckedPool> twin) {
    assertThatThrownBy(() -> check(twin, everySwitch())).isInstanceOf(LincheckAssertionError.class);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      classes = {
        LincheckedPool.Hlist.class,
        LincheckedPool.Freelist.class,
        LincheckedPool.Objpool.class,
        LincheckedPool.Ring.class
      })
  void realThreadsDoNotBreakAShippedPool(Class<? extends LincheckedPool> pool) {
    check(pool, realThreads());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(classes = LincheckedPool.Wide.class)
  void realThreadsBreakABrokenOne(Class<? extends LincheckedPool> twin) {
    assertThatThrownBy(() -> check(twin, realThreads())).isInstanceOf(LincheckAssertionError.class);
  }
}
