package dev.kretsim.probe;

import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.memory.Deadline;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.memory.RestlessMemory;
import dev.kretsim.planted.Evidence;
import dev.kretsim.planted.Suspect;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** How each kind of evidence looks at a probe. */
public final class ProbeEvidence {
  private static final long SECONDS_TO_HANG = 20;
  private static final int RACES = 20;
  private static final int CALLS = 200;

  private ProbeEvidence() {}

  /** What ships. */
  public static List<Suspect> shipped() {
    return Stream.of(KernelVersion.values())
        .map(
            version ->
                of(
                    "kretprobe of " + version.label(),
                    "",
                    version,
                    () -> BrokenProbes.sound(version)))
        .toList();
  }

  static Suspect of(
      String name, String symptom, KernelVersion version, Supplier<ProbeScene.Parts> parts) {
    return Suspect.named(name)
        .explored(symptom, () -> BrokenProbes.firstFailure(version, parts))
        .by(Evidence.LAWS, () -> breachOfLaw(version, parts));
  }

  private static Optional<String> breachOfLaw(
      KernelVersion version, Supplier<ProbeScene.Parts> parts) {
    for (int seed = 0; seed < RACES; seed++) {
      int round = seed;
      Deadline deadline = Deadline.in(SECONDS_TO_HANG);
      try {
        Optional<String> breach =
            new ProbeRace(
                    version,
                    parts.get(),
                    layout -> new RestlessMemory(new RealMemory(layout), deadline, round),
                    CALLS)
                .breach();
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
