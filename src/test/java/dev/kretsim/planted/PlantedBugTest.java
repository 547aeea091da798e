package dev.kretsim.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A check that finds no planted bug is worth nothing. Here are those that find the same each time;
 * what depends on luck, or takes long, is in the matrix alone, and Lincheck has a test of its own.
 */
class PlantedBugTest {
  static List<Suspect> bugs() {
    return PlantedBugs.all();
  }

  static List<Suspect> shipped() {
    return PlantedBugs.shipped();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bugs")
  void isFoundByTheExplorer(Suspect bug) {
    assertThat(bug.foundBy(Evidence.EXPLORER)).isPresent();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bugs")
  void isFoundByTheContractIfTheReadmeSaysSo(Suspect bug) throws IOException {
    assertThat(bug.foundBy(Evidence.CONTRACT).isPresent())
        .isEqualTo(new ReadmeTable().found(bug, Evidence.CONTRACT));
  }

  /** Those that show without a race. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "freelist that keeps the list's reference",
        "list that misses its last one",
        "decline that forgets the push"
      })
  void isFoundByTheLaws(String name) {
    assertThat(bugs())
        .filteredOn(Suspect::name, name)
        .singleElement()
        .satisfies(bug -> assertThat(bug.foundBy(Evidence.LAWS)).isPresent());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shipped")
  void nothingIsFoundAboutWhatShips(Suspect shipped) {
    assertThat(shipped.foundBy(Evidence.CONTRACT)).isEmpty();
    assertThat(shipped.foundBy(Evidence.LAWS)).isEmpty();
  }

  @Test
  void thereAreManyOfThemAndNoTwoAreCalledTheSame() {
    assertThat(bugs()).hasSizeGreaterThan(20);
    assertThat(Stream.concat(bugs().stream(), shipped().stream()))
        .extracting(Suspect::name)
        .doesNotHaveDuplicates();
  }

  @Test
  void theReadmeHasARowForEach() throws IOException {
    assertThat(new ReadmeTable().names())
        .containsExactlyElementsOf(
            Stream.concat(bugs().stream(), shipped().stream()).map(Suspect::name).toList());
  }

  @Test
  void inTheReadmeEachIsFoundAndNothingThatShips() throws IOException {
    ReadmeTable table = new ReadmeTable();
    assertThat(bugs()).allMatch(bug -> table.found(bug, Evidence.EXPLORER));
    assertThat(shipped())
        .noneMatch(
            one -> Stream.of(Evidence.values()).anyMatch(evidence -> table.found(one, evidence)));
  }

  @ParameterizedTest
  @EnumSource(Evidence.class)
  void nothingLooksWhereNobodyHasSaidHow(Evidence evidence) {
    assertThat(Suspect.named("anything").foundBy(evidence)).isEmpty();
  }

  @Test
  void jcstressLooksAtWhatTheJarHasATestOf() {
    Jcstress jcstress = new Jcstress(Path.of("no.jar"), Map.of("a bug", List.of("a.Test")));
    assertThat(jcstress.looksAt(Suspect.named("a bug")).checks()).containsKey(Evidence.JCSTRESS);
    assertThat(jcstress.looksAt(Suspect.named("another")).checks()).isEmpty();
  }

  @Test
  void aBugFoundByAnotherBreachIsNotFoundAsItShouldBe() {
    Suspect lost = Suspect.named("loses").explored("^lost", () -> Optional.of("doubled"));
    assertThatThrownBy(() -> lost.foundBy(Evidence.EXPLORER))
        .hasMessage("loses: not by ^lost: doubled");
  }
}
