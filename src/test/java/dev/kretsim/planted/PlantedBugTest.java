package dev.kretsim.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A check that finds no planted bug is worth nothing: each bug is found by what looks for it. */
class PlantedBugTest {
  static List<Suspect> bugs() {
    return PlantedBugs.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bugs")
  void isFoundByTheExplorer(Suspect bug) {
    assertThat(bug.foundBy(Evidence.EXPLORER)).isPresent();
  }
}
