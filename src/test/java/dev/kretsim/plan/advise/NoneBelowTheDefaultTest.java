package dev.kretsim.plan.advise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.FunctionPlan.Analytic;
import dev.kretsim.plan.FunctionPlan.Picture;
import dev.kretsim.plan.FunctionPlan.Point;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.PossibleCpus;
import dev.kretsim.plan.Recommendation;
import dev.kretsim.plan.Recommendation.Basis;
import dev.kretsim.plan.Recommendation.Verdict;
import dev.kretsim.plan.formula.ErlangB;
import dev.kretsim.trace.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody is told to set less than the kernel would give unasked. */
class NoneBelowTheDefaultTest {
  private static void check(FunctionPlan plan, PlanQuestion question, int cpus) {
    Recommendation made = plan.recommendation();
    int byDefault = Objects.requireNonNull(made.defaultMaxactive());
    assertThat(made.maxactive()).isEqualTo(Math.max(byDefault, made.smallest()));
    assertThat(made.verdict())
        .isEqualTo(byDefault >= made.smallest() ? Verdict.KEEP_DEFAULT : Verdict.SET);
    PoolMemory memory = PoolMemory.of(question.kernel(), Arch.X86_64);
    int same = Objects.requireNonNull(made.sameMemoryUpTo());
    long bytes = Objects.requireNonNull(made.memoryBytes());
    assertThat(memory.bytes(made.maxactive(), question.dataSize(), cpus)).isEqualTo(bytes);
    assertThat(memory.bytes(same, question.dataSize(), cpus)).isEqualTo(bytes);
    assertThat(memory.bytes(same + 1, question.dataSize(), cpus)).isGreaterThan(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "traces/k612_kprobe_bursts.txt",
        "traces/k612_kprobe_poisson_light.txt",
        "traces/k612_trace_two_events.txt",
        "traces/k61_kprobe_bursts.txt",
        "traces/k61_kprobe_poisson_light.txt",
      })
  void ofRecordings(String name) {
    Plan plan = Recordings.planFile(name);
    int cpus = Objects.requireNonNull(plan.possibleCpus().number());
    assertThat(plan.functions()).isNotEmpty();
    plan.functions().forEach(function -> check(function, PlanQuestion.usual(), cpus));
  }

  @Test
  void ofTwoHundredLoads() {
    Random random = new Random(1);
    KernelVersion[] kernels = KernelVersion.values();
    for (int i = 0; i < 200; i++) {
      int cpus = 1 + random.nextInt(random.nextBoolean() ? 8 : 256);
      double load = Math.pow(10, 4 * random.nextDouble() - 2);
      PlanQuestion usual = PlanQuestion.usual();
      PlanQuestion question =
          new PlanQuestion(
              List.of(),
              Math.pow(10, -1 - 5 * random.nextDouble()),
              0.95,
              kernels[random.nextInt(kernels.length)],
              usual.preemption(),
              cpus,
              random.nextInt(512),
              usual.growth(),
              null,
              usual.mapEntries(),
              usual.tool(),
              null);
      check(plan(load, question, cpus), question, cpus);
    }
  }

  private static FunctionPlan plan(double load, PlanQuestion question, int cpus) {
    int largest = ErlangB.sizeFor(load, 1e-8);
    double[] losses = ErlangB.losses(load, largest);
    List<Point> curve = new ArrayList<>();
    for (int c = 1; c <= largest; c++) {
      curve.add(new Point(c, 0, losses[c], losses[c], losses[c]));
    }
    return new Recommender(question, new PossibleCpus(cpus, PossibleCpus.Basis.GIVEN))
        .plan(
            new Evidence(
                "f",
                1_000_000,
                0,
                0,
                0,
                null,
                null,
                null,
                load,
                null,
                null,
                curve,
                new Analytic("erlang_b", List.of()),
                Basis.MODEL,
                null,
                null,
                List.of(),
                Picture.empty(),
                Tally.of("a test")));
  }
}
