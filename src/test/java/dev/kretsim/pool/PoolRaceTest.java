package dev.kretsim.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.memory.YieldingMemory;
import dev.kretsim.testkit.PoolRaceContract;
import dev.kretsim.testkit.PoolScene;
import dev.kretsim.testkit.PoolUnderTest;
import dev.kretsim.testkit.ThreadRace;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several CPUs at once; the broken twins show that what passes here could have failed. */
class PoolRaceTest extends PoolRaceContract {
  private static final int CPUS = 4;
  private static final int CAPACITY = 3;
  private static final int ATTEMPTS = 20_000;
  private static final int THREAD_RACES_FOR_TWINS = 50;

  @Override
  protected List<PoolDesign> designs() {
    return PoolDesigns.shipped();
  }

  @Override
  protected List<PoolUnderTest> pools() {
    return ShippedPools.all();
  }

  @ParameterizedTest
  @CsvSource({"hlist under tas, 338", "hlist under ticket, 94", "freelist, 552", "objpool, 1"})
  void aHitOnEachOfTwoCpusHasSoManyEndings(String name, long interleavings) {
    PoolUnderTest design =
        ShippedPools.all().stream()
            .filter(pool -> pool.name().equals(name))
            .findFirst()
            .orElseThrow();
    assertThat(PoolScene.explorer(design, 2, "+-", "+-").exhaustive().schedules())
        .isEqualTo(interleavings);
  }

  @Test
  void realThreadsCatchAListWhosePushIsOutsideTheLock() throws InterruptedException {
    PoolUnderTest twin = BrokenPools.unlockedPush().on(YieldingMemory::new);
    for (int run = 0; run < THREAD_RACES_FOR_TWINS; run++) {
      ThreadRace race = new ThreadRace(twin.create(CAPACITY, CPUS), CPUS, ATTEMPTS);
      if (race.breach().isPresent()) {
        return;
      }
    }
    throw new AssertionError("not caught in " + THREAD_RACES_FOR_TWINS + " runs");
  }
}
