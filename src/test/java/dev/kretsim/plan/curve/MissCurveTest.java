package dev.kretsim.plan.curve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.advise.Recordings;
import dev.kretsim.plan.curve.RandomCalls.OneCall;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One pass over the calls counts what a simulation of each size of pool counts by itself. */
class MissCurveTest {
  static IntStream seeds() {
    return IntStream.range(0, 400);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void agreesWithOneSimulationForEachSize(int seed) {
    List<OneCall> calls = RandomCalls.of(seed);
    Plan plan = Recordings.planText(RandomCalls.asCsv(calls));
    for (FunctionPlan function : plan.functions()) {
      List<OneCall> own =
          calls.stream().filter(call -> call.function().equals(function.function())).toList();
      int peak = function.curve().size();
      for (int c = 1; c <= peak; c++) {
        assertThat(Recordings.missed(function, c))
            .as("%s with %d", function.function(), c)
            .isEqualTo(RandomCalls.missedByCounting(own, c));
      }
      assertThat(RandomCalls.missedByCounting(own, peak)).isZero();
      assertThat(peak == 1 ? 1 : RandomCalls.missedByCounting(own, peak - 1)).isPositive();
      assertThat(function.calls()).isEqualTo(own.size());
      assertThat(function.recommendation().safeBound()).isGreaterThanOrEqualTo(peak);
    }
  }

  @Test
  void theLowestFreeIndexIsTakenHoweverManyAreTaken() {
    FreeIndexes free = new FreeIndexes();
    int many = 300_000; // into the fourth level
    for (int i = 0; i < many; i++) {
      assertThat(free.takeLowest()).isEqualTo(i);
    }
    int[] given = {262_144, 4096, 65, 299_999, 63, 0};
    for (int index : given) {
      free.giveBack(index);
      assertThat(free.takeLowest()).isEqualTo(index);
    }
    for (int index : given) {
      free.giveBack(index);
    }
    for (int index : IntStream.of(given).sorted().toArray()) {
      assertThat(free.takeLowest()).isEqualTo(index);
    }
    assertThat(free.takeLowest()).isEqualTo(many);
  }

  @Test
  void batchesKeepEveryCountWhileTheyMerge() {
    BatchCounts counts = new BatchCounts(MissCurve.BATCHES, 1);
    int numbers = 100_000;
    for (int i = 0; i < numbers; i++) {
      counts.add(i % 7);
    }
    assertThat(counts.calls()).isEqualTo(numbers);
    assertThat(counts.full()).isBetween(MissCurve.BATCHES / 2, MissCurve.BATCHES - 1);
    assertThat(counts.tail(8)[0]).isEqualTo(numbers);
    assertThat(counts.tail(8)[6]).isEqualTo(numbers / 7);
    assertThat(counts.tail(8)[7]).isZero();
    for (int batch = 0; batch < counts.full(); batch++) {
      assertThat(counts.tails(1)[batch][0]).isEqualTo(counts.length());
    }
  }
}
