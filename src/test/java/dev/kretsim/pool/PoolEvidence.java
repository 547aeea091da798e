package dev.kretsim.pool;

import dev.kretsim.memory.Deadline;
import dev.kretsim.memory.LonelyMemory;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.memory.RestlessMemory;
import dev.kretsim.planted.Contract;
import dev.kretsim.planted.Evidence;
import dev.kretsim.planted.Suspect;
import dev.kretsim.testkit.PoolExploration;
import dev.kretsim.testkit.PoolUnderTest;
import dev.kretsim.testkit.ThreadRace;
import java.util.List;
import java.util.Optional;
import org.jetbrains.lincheck.LincheckAssertionError;

/** How each kind of evidence looks at a pool. */
public final class PoolEvidence {
  private static final long SECONDS_TO_HANG = 20;

  /** The contract is the same for each design: the twin may go in the place of any. */
  private static final String ANY = "objpool";

  private static final int CPUS = 4;
  private static final int CAPACITY = 3;
  private static final int RACES = 40;
  private static final int ATTEMPTS = 300;
  private static final int SEEDS = 50;

  private PoolEvidence() {}

  /** What ships. */
  public static List<Suspect> shipped() {
    return ShippedPools.all().stream()
        .filter(pool -> !pool.name().contains("wrap"))
        .map(
            pool ->
                pool.interleaves()
                    ? of(pool).explored("", () -> PoolExploration.firstFailure(pool, SEEDS))
                    : of(pool))
        .toList();
  }

  /** All but the explorer. */
  static Suspect of(PoolUnderTest pool) {
    return Suspect.named(pool.name())
        .by(Evidence.CONTRACT, () -> breachOfContract(pool))
        .by(Evidence.LINCHECK, () -> nonLinearizable(pool))
        .by(Evidence.LAWS, () -> breachOfLaw(pool));
  }

  static Optional<String> breachOfContract(PoolUnderTest pool) {
    return new Contract(InstancePoolTest.class)
        .firstFailure(
            ANY, pool.on(memory -> new LonelyMemory(memory, Deadline.in(SECONDS_TO_HANG))));
  }

  private static Optional<String> nonLinearizable(PoolUnderTest pool) {
    try {
      LincheckedPool.check(pool, LincheckTest.everySwitch());
      return Optional.empty();
    } catch (LincheckAssertionError found) {
      return Optional.of(String.valueOf(found.getMessage()).strip());
    }
  }

  /** Conservation and exclusivity, in races of real threads. */
  private static Optional<String> breachOfLaw(PoolUnderTest pool) {
    for (int seed = 0; seed < RACES; seed++) {
      int round = seed;
      Deadline deadline = Deadline.in(SECONDS_TO_HANG);
      Memory.Factory restless =
          layout -> new RestlessMemory(new RealMemory(layout), deadline, round);
      try {
        ThreadRace race = new ThreadRace(pool.create(CAPACITY, CPUS, restless), CPUS, ATTEMPTS);
        if (race.breach().isPresent()) {
          return race.breach();
        }
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(stopped);
      } catch (RuntimeException | AssertionError drained) {
        return Optional.of(drained.toString());
      }
    }
    return Optional.empty();
  }
}
