package dev.kretsim.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is joined depends on the hosts alone, and says what it does not know. */
class FleetSumTest {
  private static final int USUAL = 20;

  /** A host like all others, as far as nothing is said. */
  private static final class Made {
    private double rate = 10;
    private double holdNs = 1e6;
    private int threads = 8;
    private double burstiness = 1;
    private long lost;
    private int needs = USUAL;
    private @Nullable Integer byDefault = 4;
    private boolean keeps;
    private boolean tooShort;
    private long spanNs = 7_000_000_003L;

    HostResult named(String host) {
      List<Long> missed =
          LongStream.range(0, needs).map(at -> 3 * (needs - 1 - at)).boxed().toList();
      return new HostResult(
          host,
          List.of(
              new HostFunction(
                  "f",
                  1000,
                  missed,
                  spanNs,
                  rate,
                  holdNs,
                  threads,
                  burstiness,
                  lost,
                  needs,
                  needs / 2,
                  tooShort,
                  byDefault,
                  keeps,
                  byDefault == null ? null : (Integer) 2,
                  null)),
          List.of(),
          null);
    }
  }

  private static FleetPlan.Function sum(List<HostResult> hosts, double cover) {
    return new FleetSum(new FleetQuestion(List.of(), null, KnownHosts.none()), cover)
        .of(hosts)
        .functions()
        .get(0);
  }

  private static List<HostResult> alike(int count) {
    List<HostResult> hosts = new ArrayList<>();
    for (int host = 0; host < count; host++) {
      hosts.add(new Made().named("h%03d".formatted(host)));
    }
    return hosts;
  }

  @Test
  void theSumIsTheSameToTheLastDigitHoweverTheHostsAreCalledAndOrdered() {
    List<HostResult> hosts = new ArrayList<>();
    List<HostResult> renamed = new ArrayList<>();
    for (int host = 0; host < 60; host++) {
      Made made = new Made();
      made.needs = 2 + host;
      made.spanNs += 1_234_567_891L * host;
      hosts.add(made.named("h%02d".formatted(host)));
      renamed.add(made.named("h%02d".formatted((host * 7) % 60)));
    }
    Collections.shuffle(renamed, new Random(1));
    FleetPlan.Function one = sum(hosts, 0.9);
    FleetPlan.Function other = sum(renamed, 0.9);
    assertThat(other.curve()).isEqualTo(one.curve());
    assertThat(other.missesPerDay()).isEqualTo(one.missesPerDay());
    assertThat(other.needs()).isEqualTo(one.needs()).hasSize(60);
  }

  @ParameterizedTest
  @CsvSource({"1,0", "3,1", "3,3"})
  void hostsWhoseDefaultIsNotKnownAreCountedAndNotTakenForNoMisses(int all, int unknown) {
    List<HostResult> hosts = new ArrayList<>();
    for (int host = 0; host < all; host++) {
      Made made = new Made();
      made.byDefault = host < unknown ? null : (Integer) 4;
      hosts.add(made.named("h" + host));
    }
    FleetPlan.Function function = sum(hosts, 0.99);
    assertThat(function.defaultUnknownOn()).isEqualTo(unknown);
    Double known = function.missesPerDay().byDefault();
    if (unknown == all) {
      assertThat(known).isNull();
    } else {
      double oneHost = 3 * (USUAL - 4) * (86_400e9 / 7_000_000_003L);
      assertThat(known).isEqualTo((all - unknown) * oneHost);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rate, its rate is 5.0 times the median",
    "hold, its calls stay inside 5.0 times the median",
    "threads, its threads are 5.0 times the median",
    "burst, its bursts are 5.0 times the median",
    "lost, 500 of its returns are missing",
    "nothing, the most inside at once"
  })
  void aHostAmongFewThatNeedsMuchMoreIsNamedWithWhatSetsItApart(String what, String why) {
    List<HostResult> hosts = alike(9);
    Made apart = new Made();
    apart.needs = 5 * USUAL;
    switch (what) {
      case "rate" -> apart.rate *= 5;
      case "hold" -> apart.holdNs *= 5;
      case "threads" -> apart.threads *= 5;
      case "burst" -> apart.burstiness *= 5;
      case "lost" -> apart.lost = 500;
      default -> {}
    }
    hosts.add(apart.named("odd"));
    assertThat(sum(hosts, 0.99).outliers())
        .containsExactly(new FleetPlan.Outlier("odd", 5 * USUAL, why));
  }

  @Test
  void aHostWithALargeDefaultThatIsEnoughDoesNotStandOut() {
    List<HostResult> hosts = alike(9);
    Made large = new Made();
    large.needs = 5 * USUAL;
    large.keeps = true;
    hosts.add(large.named("large"));
    assertThat(sum(hosts, 0.99).outliers()).isEmpty();
  }

  @Test
  void severalReasonsAreSaidTheLargestFirstAndAFewMissingReturnsLast() {
    List<HostResult> hosts = alike(9);
    Made apart = new Made();
    apart.needs = 3 * USUAL;
    apart.rate *= 2;
    apart.threads *= 4;
    apart.lost = 1;
    hosts.add(apart.named("odd"));
    assertThat(sum(hosts, 0.99).outliers().get(0).why())
        .isEqualTo(
            "its threads are 4.0 times the median, its rate is 2.0 times the median,"
                + " 1 of its returns are missing");
  }

  @Test
  void nobodyStandsOutAmongHostsThatAreAlikeOrAreTwo() {
    assertThat(sum(alike(50), 0.99).outliers()).isEmpty();
    Made large = new Made();
    large.needs = 100 * USUAL;
    assertThat(sum(List.of(new Made().named("a"), large.named("b")), 0.99).outliers()).isEmpty();
  }

  @Test
  void theLeastThatHostsNeedIsToldApartFromTheDefaultsTheyKeep() {
    FleetPlan.Function function = sum(alike(9), 0.99);
    assertThat(function.maxactive()).isEqualTo(new FleetPlan.Sizes(USUAL, USUAL, USUAL));
    assertThat(function.smallest()).isEqualTo(new FleetPlan.Sizes(USUAL / 2, USUAL / 2, USUAL / 2));
  }

  @Test
  void hostsThatRecordedTooLittleAreNamed() {
    List<HostResult> hosts = alike(3);
    Made hasty = new Made();
    hasty.tooShort = true;
    hosts.add(hasty.named("hasty"));
    assertThat(sum(hosts, 0.99).tooShort()).containsExactly("hasty");
  }

  @Test
  void whoNeedsMoreThanCoversTheWantedShareStandsOut() {
    List<HostResult> hosts = alike(9);
    Made little = new Made();
    little.needs = USUAL + 1;
    hosts.add(little.named("more"));
    assertThat(sum(hosts, 0.99).outliers()).isEmpty();
    assertThat(sum(hosts, 0.9).outliers())
        .extracting(FleetPlan.Outlier::host)
        .containsExactly("more");
  }
}
