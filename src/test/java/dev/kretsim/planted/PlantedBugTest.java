package dev.kretsim.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A check that finds no planted bug is worth nothing: each bug is found by what looks for it. */
class PlantedBugTest {
  static Stream<Arguments> bugsAndEvidence() {
    return PlantedBugs.all().stream()
        .flatMap(bug -> bug.checks().keySet().stream().map(by -> Arguments.of(bug, by)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("bugsAndEvidence")
  void isFoundByTheBreachThatItIsThereFor(PlantedBug bug, Evidence evidence) {
    Supplier<Optional<String>> check = Objects.requireNonNull(bug.checks().get(evidence));
    assertThat(check.get())
        .hasValueSatisfying(found -> assertThat(bug.isWhatWasFound(found)).as(found).isTrue());
  }

  @Test
  void thereAreManyOfThemAndNoneWithoutACheck() {
    List<PlantedBug> bugs = PlantedBugs.all();
    assertThat(bugs).hasSizeGreaterThan(20).doesNotHaveDuplicates();
    assertThat(bugs).extracting(PlantedBug::name).doesNotHaveDuplicates();
    assertThat(bugs).allSatisfy(bug -> assertThat(bug.checks()).as(bug.name()).isNotEmpty());
  }
}
