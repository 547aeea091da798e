package dev.kretsim.plan.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.advise.Recordings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Threads, recursion, interrupts and holds of a function, and the bound that follows from them. */
class FunctionLoadTest {
  private static String entry(int task, int cpu, String flags, int micros) {
    return "  a-%d [00%d] %s 0.%06d: in: (f+0x0/0x9)%n".formatted(task, cpu, flags, micros);
  }

  private static String exit(int task, int cpu, String flags, int micros) {
    return "  a-%d [00%d] %s 0.%06d: out: (g+0x0/0x9 <- f)%n".formatted(task, cpu, flags, micros);
  }

  @Test
  void aFunctionThatAlsoRunsInInterruptsNeedsAnInstanceForEachLevelOnEachCpu() {
    FunctionPlan plan =
        Recordings.only(
            Recordings.planText(
                entry(1, 0, ".....", 1)
                    + entry(1, 0, "d.h..", 2)
                    + exit(1, 0, "d.h..", 3)
                    + entry(2, 1, "d.h..", 4)
                    + exit(2, 1, "d.h..", 5)
                    + exit(1, 0, ".....", 6)));
    assertThat(plan.threads()).isEqualTo(1);
    assertThat(plan.peakInside()).isEqualTo(2);
    assertThat(plan.recommendation().safeBound()).isEqualTo(1 + 2);
    assertThat(plan.recommendation().why())
        .contains("the 1 thread seen and 2 interrupt levels cannot need more at once");
  }

  @Test
  void recursionMultipliesTheThreads() {
    FunctionPlan plan =
        Recordings.only(Recordings.planText("0,9,a,f\n0,9,a,f\n0,9,a,f\n20,30,b,f\n"));
    assertThat(plan.threads()).isEqualTo(2);
    assertThat(plan.recommendation().safeBound()).isEqualTo(6);
    assertThat(plan.recommendation().why()).contains("each up to 3 calls deep");
  }

  @Test
  void rateHoldAndLoadAreThoseOfTheTrace() {
    FunctionPlan plan =
        Recordings.only(Recordings.planText("0,100,a,f\n500,700,b,f\n1000,1300,a,f\n"));
    FunctionPlan.Hold hold = plan.hold();
    assertThat(hold).isEqualTo(new FunctionPlan.Hold(200, 200, 300));
    assertThat(plan.spanNs()).isEqualTo(1300);
    assertThat(plan.ratePerSecond()).isCloseTo(3 / 1300e-9, within(1e-6));
    assertThat(plan.offeredLoad()).isCloseTo(600.0 / 1300, within(1e-12));
  }

  @Test
  void whoIsInsideIsFollowedThroughTheTrace() {
    FunctionPlan plan =
        Recordings.only(Recordings.planText("0,100,a,f\n500,700,b,f\n600,800,a,f\n"));
    double inside = (100 + 200 + 200) / 800.0;
    double squares = (100 + 100 + 4 * 100 + 100) / 800.0;
    assertThat(plan.burstiness()).isCloseTo((squares - inside * inside) / inside, within(1e-12));
    double area = 0;
    long toNs = 800;
    List<FunctionPlan.Stretch> stretches = new ArrayList<>(plan.picture().occupancy());
    assertThat(stretches).extracting(FunctionPlan.Stretch::peak).contains(0, 1, 2);
    Collections.reverse(stretches);
    for (FunctionPlan.Stretch stretch : stretches) {
      area += stretch.mean() * (toNs - stretch.fromNs());
      toNs = stretch.fromNs();
    }
    assertThat(area).isCloseTo(500, within(1e-9));
  }

  @Test
  void holdsStayCloseWhenThereAreManyOfThem() {
    Holds holds = new Holds();
    for (int i = 1; i <= 100_000; i++) {
      holds.add(1000L * i);
    }
    assertThat(holds.count()).isEqualTo(100_000);
    assertThat(holds.meanNs()).isEqualTo(1000 * 50_000.5);
    assertThat((double) holds.quantileNs(0.5)).isCloseTo(50e6, within(50e6 * 1e-3));
    assertThat((double) holds.quantileNs(0.99)).isCloseTo(99e6, within(99e6 * 1e-3));
  }
}
