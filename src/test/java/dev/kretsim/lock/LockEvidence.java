package dev.kretsim.lock;

import dev.kretsim.memory.Deadline;
import dev.kretsim.memory.LonelyMemory;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.memory.RestlessMemory;
import dev.kretsim.planted.Contract;
import dev.kretsim.planted.Evidence;
import dev.kretsim.planted.Suspect;
import dev.kretsim.testkit.LockExploration;
import dev.kretsim.testkit.LockRace;
import dev.kretsim.testkit.LockUnderTest;
import java.util.List;
import java.util.Optional;

/** How each kind of evidence looks at a lock. */
public final class LockEvidence {
  private static final long SECONDS_TO_HANG = 20;
  private static final int CPUS = 4;
  private static final int RACES = 25;
  private static final int ROUNDS = 200;

  private LockEvidence() {}

  /** What ships. */
  public static List<Suspect> shipped() {
    return LockUnderTest.all()
        .map(
            lock ->
                of(lock, lock.name()).explored("", () -> LockExploration.firstFailure(lock.form())))
        .toList();
  }

  /**
   * All but the explorer.
   *
   * @param original the lock that this is a copy of
   */
  static Suspect of(LockUnderTest lock, String original) {
    return Suspect.named(lock.name())
        .by(Evidence.CONTRACT, () -> breachOfContract(lock, original))
        .by(Evidence.LAWS, () -> breachOfLaw(lock));
  }

  static Optional<String> breachOfContract(LockUnderTest lock, String original) {
    return new Contract(RawSpinLockTest.class)
        .firstFailure(
            original, lock.on(memory -> new LonelyMemory(memory, Deadline.in(SECONDS_TO_HANG))));
  }

  /** Exclusivity, in races of real threads: none of what they counted is lost. */
  private static Optional<String> breachOfLaw(LockUnderTest lock) {
    for (int seed = 0; seed < RACES; seed++) {
      int round = seed;
      Deadline deadline = Deadline.in(SECONDS_TO_HANG);
      Memory.Factory restless =
          layout -> new RestlessMemory(new RealMemory(layout), deadline, round);
      try {
        Optional<String> breach = new LockRace(lock.form(), restless, CPUS, ROUNDS).breach();
        if (breach.isPresent()) {
          return breach;
        }
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(stopped);
      }
    }
    return Optional.empty();
  }
}
