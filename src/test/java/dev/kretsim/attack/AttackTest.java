package dev.kretsim.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.cli.CommandOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever the command line is given, it answers in bounded time with an exit code that it
 * documents, says one line where it refuses, shows no stack trace and changes no file that it was
 * not asked to write.
 *
 * <p>The attacks are new in each run. A failure names the seed and its number; {@code
 * -Dkretsim.attack.seed=SEED -Dkretsim.attack.first=NUMBER} begins with it.
 */
class AttackTest {
  private static final long SEED =
      Long.getLong("kretsim.attack.seed", System.currentTimeMillis() / 1000);

  private static final int FIRST = Integer.getInteger("kretsim.attack.first", 0);

  private static final int MOST_COMPLAINTS = 8;

  @TempDir private Path folder;

  private final HostileOptions options = new HostileOptions();

  /** Makes one attack of that number. */
  private interface Maker {
    Attack make(SplittableRandom random, Workplace place) throws IOException;
  }

  private void attack(String kind, int count, Maker maker) throws IOException {
    System.out.printf("%s: %d attacks with -Dkretsim.attack.seed=%d%n", kind, count, SEED);
    Workplace place = new Workplace(folder);
    List<String> complaints = new ArrayList<>();
    InputStream standardInput = System.in;
    System.setIn(InputStream.nullInputStream());
    try {
      for (int i = FIRST; i < FIRST + count && complaints.size() < MOST_COMPLAINTS; i++) {
        SplittableRandom random = new SplittableRandom(SEED * 1_000_003 + i);
        Attack attack = maker.make(random, place);
        String complaint = attack.complaint(place);
        if (complaint != null) {
          complaints.add("%n#%d %s%n  %s".formatted(i, attack, complaint));
        }
      }
    } finally {
      System.setIn(standardInput);
    }
    assertThat(complaints).as("%s, seed %d", kind, SEED).isEmpty();
  }

  @Test
  void everyCommandIsAttacked() {
    assertThat(HostileOptions.attacked()).containsAll(CommandOption.commands());
    assertThat(CommandOption.commands())
        .contains("plan", "fleet", "events check", "scale", "scale measure", "scale validate")
        .doesNotContain("events");
  }

  @Test
  void optionsWithHostileValues() throws IOException {
    attack("options", 700, options::next);
  }

  @Test
  void damagedScenarios() throws IOException {
    attack("scenarios", 900, DamagedScenarios::next);
  }

  @Test
  void damagedRecordings() throws IOException {
    attack("recordings", 450, DamagedRecordings::next);
  }

  @Test
  void damagedInputs() throws IOException {
    attack("inputs", 450, DamagedInputs::next);
  }

  @Test
  @Tag("soak")
  void manyMoreOptions() throws IOException {
    attack("options", 10_000, options::next);
  }

  @Test
  @Tag("soak")
  void manyMoreScenarios() throws IOException {
    attack("scenarios", 20_000, DamagedScenarios::next);
  }

  @Test
  @Tag("soak")
  void manyMoreRecordings() throws IOException {
    attack("recordings", 10_000, DamagedRecordings::next);
  }

  @Test
  @Tag("soak")
  void manyMoreInputs() throws IOException {
    attack("inputs", 10_000, DamagedInputs::next);
  }
}
