package dev.kretsim.plan.advise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.read.TraceReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * Traces of unusual shape are read like others: by what is inside and by names, to the last call.
 */
class ShapesTest {
  private static final int MANY = 20_000;

  private final StringBuilder text = new StringBuilder("# tracer: nop\n");
  private long us = 1_000_000;

  private void line(int pid, String event) {
    text.append("  a-").append(pid).append(" [000] ..... ").append(us / 1_000_000);
    String decimals = String.valueOf(us % 1_000_000);
    text.append('.').append("0".repeat(6 - decimals.length())).append(decimals);
    text.append(": ").append(event).append('\n');
  }

  private void entry(int pid, String function) {
    line(pid, function + "_in: (" + function + "+0x0/0x10)");
  }

  private void exit(int pid, String function) {
    line(pid, function + "_out: (caller+0x4/0x10 <- " + function + ")");
  }

  private Plan plan() {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    try (TraceSource source = TraceSource.of("-", new ByteArrayInputStream(bytes))) {
      return new Planner(PlanQuestion.usual()).plan(source, new TraceReader(source, null));
    }
  }

  private FunctionPlan first() {
    return plan().functions().get(0);
  }

  @Test
  void everyTaskMayHaveAFunctionOfItsOwn() {
    for (int i = 0; i < MANY; i++, us += 2) {
      entry(100 + i, "f" + i);
      exit(100 + i, "f" + i);
    }
    Plan plan = plan();
    assertThat(plan.functions()).hasSize(MANY).allMatch(function -> function.calls() == 1);
    assertThat(plan.functions().stream().filter(f -> !f.picture().occupancy().isEmpty()).count())
        .as("pictures, of the busiest")
        .isEqualTo(1000);
  }

  @Test
  void oneTaskMayHaveAnyNumberOfCallsInsideAtOnce() {
    for (int i = 0; i < 200; i++, us++) {
      entry(7, "f" + i % 50);
    }
    for (int i = 199; i >= 0; i--, us++) {
      exit(7, "f" + i % 50);
    }
    FunctionPlan plan = first();
    assertThat(plan.calls()).isEqualTo(4);
    assertThat(plan.peakInside()).isEqualTo(4);
    assertThat(plan.lostExits()).isZero();
  }

  @Test
  void recursionBeyondAnyStackIsCutOffAndSaid() {
    for (int i = 0; i < MANY; i++, us++) {
      entry(7, "f");
    }
    for (int i = 0; i < MANY; i++, us++) {
      exit(7, "f");
    }
    Plan plan = plan();
    assertThat(plan.functions().get(0).calls()).isEqualTo(MANY);
    assertThat(plan.functions().get(0).lostExits()).isEqualTo(MANY - 256);
    assertThat(plan.remarks()).anyMatch(remark -> remark.contains("calls have no return"));
  }

  @Test
  void allMayBeInsideAtOneStamp() {
    int tasks = 70_000;
    for (int i = 0; i < tasks; i++) {
      entry(100 + i, "f");
    }
    us++;
    for (int i = 0; i < tasks; i++) {
      exit(100 + i, "f");
    }
    Plan plan = plan();
    assertThat(plan.functions().get(0).calls()).isEqualTo(tasks);
    assertThat(plan.functions().get(0).peakInside()).isEqualTo(tasks);
    assertThat(plan.remarks()).anyMatch(remark -> remark.contains("entered at one stamp"));
  }
}
