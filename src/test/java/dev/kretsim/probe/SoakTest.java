package dev.kretsim.probe;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Storms for half an hour: {@code mvn verify -P soak}. {@code -Dsoak.minutes=N} and {@code
 * -Dsoak.seed=N} change how long and from which seed on; each storm's seed is printed.
 */
@Tag("soak")
class SoakTest {
  private static final int ROUNDS = 5;
  private static final long ROUND_NS = TimeUnit.SECONDS.toNanos(1);

  /** A clock is slower than most actions. */
  private static final int ACTIONS_BETWEEN_LOOKS = 64;

  private static ProbeStorm.RoundOver afterASecond() {
    long start = System.nanoTime();
    return actions -> actions % ACTIONS_BETWEEN_LOOKS == 0 && System.nanoTime() - start > ROUND_NS;
  }

  @Test
  void noStormBreaksALaw() {
    Duration length = Duration.ofMinutes(Long.getLong("soak.minutes", 30));
    long seed = Long.getLong("soak.seed", System.currentTimeMillis());
    long start = System.nanoTime();
    while (System.nanoTime() - start < length.toNanos()) {
      ProbeStorm.Setting setting = ProbeStorm.Setting.random(seed++);
      System.out.println(setting);
      ProbeStorm storm = new ProbeStorm(setting);
      storm.rage(ROUNDS, SoakTest::afterASecond);
      System.out.println("  " + storm.toll() + "; all laws held");
    }
  }
}
