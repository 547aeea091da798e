package dev.kretsim.report.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.advise.Planner;
import dev.kretsim.trace.Samples;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.read.TraceReader;
import dev.kretsim.trace.read.Workers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan of several functions fits the terminal. */
class TableTest {
  @ParameterizedTest
  @ValueSource(ints = {60, 79, 80, 100})
  void theTableOfSeveralFunctionsIsNoWiderThanTheTerminal(int columns) {
    TraceSource source = Samples.source(Samples.file("graph-abstime.txt"));
    Plan plan =
        new Planner(PlanQuestion.usual())
            .plan(source, new TraceReader(source, null, Workers.of(1)));
    assertThat(plan.functions()).hasSizeGreaterThan(2);
    String table = Table.render(plan, new Layout(columns, false)).split("\n\n", 2)[0];
    assertThat(table.lines()).hasSizeGreaterThan(2).allMatch(line -> line.length() <= columns);
    assertThat(table.contains("most inside")).isEqualTo(columns >= 80);
  }

  @ParameterizedTest
  @CsvSource({"0.95, 95 %", "0.999, 99.9 %", "0.9999, 99.99 %", "0.5, 50 %"})
  void howSureARangeIsIsNotRounded(double confidence, String words) {
    assertThat(
            new CurveTable(ShownPlan.syntheticPlan().functions().get(0), confidence)
                .render(new Layout(200, false)))
        .contains("range, " + words + " sure");
  }
}
