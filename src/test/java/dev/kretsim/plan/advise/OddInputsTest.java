package dev.kretsim.plan.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.plan.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs in which something is missing: what is there is counted, and what is not is named. */
class OddInputsTest {
  private static final String WHERE = "          wk-101   [000] ....1   100.";
  private static final String ENTRY = WHERE + "000100: ain: (fn_a+0x4/0x90)\n";
  private static final String RETURN = WHERE + "000200: aout: (fn_c+0x20/0x40 <- fn_a)\n";
  private static final String GRAPH =
      "  10.000100 |   0)    wk-101   |               |  fn_a() {\n";

  @Test
  void aFunctionOfWhichOnlyReturnsAreSeenIsNamed() {
    Plan plan =
        Recordings.planText(ENTRY + RETURN + WHERE + "000300: bout: (fn_c+0x20/0x40 <- fn_b)\n");
    assertThat(Recordings.only(plan).function()).isEqualTo("fn_a");
    assertThat(plan.remarks())
        .singleElement()
        .asString()
        .contains("no row for fn_b: only returns of it, no entries");
    assertThat(Recordings.planText(ENTRY + RETURN).remarks()).isEmpty();
  }

  @Test
  void rowsOfATableWithoutTheirUnitAskForIt() {
    String rows = "  0 -> 1  : 0 |  |\n  2 -> 3  : 10 |**|\n  4 -> 7  : 200 |****|\n";
    assertThatThrownBy(() -> Recordings.planText(rows))
        .hasMessageContainingAll("tells their unit", "usecs : count distribution", "0 -> 1");
  }

  @Test
  void aGraphThatEndsTooEarlyIsNotToldToAddAProbe() {
    assertThatThrownBy(() -> Recordings.planText(GRAPH))
        .hasMessageContainingAll("only entries of fn_a", "record longer")
        .message()
        .doesNotContain("echo");
  }

  @Test
  void bracesWithoutNamesAskForNames() {
    String brace = GRAPH.replace("|               |  fn_a() {", "| ! 100.000 us  |  }");
    assertThatThrownBy(() -> Recordings.planText(brace + brace))
        .hasMessageContainingAll("only ends of calls", "funcgraph-tail");
  }

  @Test
  void aTraceOfEntriesAndReturnsOfDifferentCallsTellsNoHold() {
    String returned = RETURN.replace("wk-101", "wk-102");
    assertThatThrownBy(() -> Recordings.planText(ENTRY + returned))
        .hasMessageContainingAll(
            "no call of fn_a is seen from its entry to its return", "record both at once");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?-", "\u00e2\u2020-", "-"})
  void anArrowThatCannotBeReadIsNamedAsTheCause(String arrow) {
    assertThatThrownBy(() -> Recordings.planText(ENTRY + RETURN.replace("<-", arrow)))
        .hasMessageContainingAll("what cannot be read: ", "-:2: a damaged line");
  }

  @Test
  void damagedEntriesAreNamedAsTheCauseToo() {
    assertThatThrownBy(() -> Recordings.planText(ENTRY.replace("0x90)", "0x90") + "\n" + RETURN))
        .hasMessageContainingAll("only returns of fn_a", "what cannot be read: ", "-:1: ");
  }

  @Test
  void aReportMayShowHowLongAfterTheLineAboveEachCame() {
    String report = (ENTRY + RETURN).replace(": a", ": (+100) a");
    assertThat(Recordings.only(Recordings.planText("cpus=1\n" + report)).calls()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "wk 100.000100123: probe:fn_a: (ffffffff81200000) ! lacks the thread",
        "swapper     0 100.000100123: probe:fn_a: (ffffffff81200000) ! idle tasks their CPU",
        "wk 101 [-01] 100.000100: probe:fn_a__return: (ffffffff81200000 <- ffffffff81300000)"
            + " ! perf script --ns -F",
        "@calls[fn_a]: 10 ! keep a histogram",
        "@us[fn_a]: count 10, average 5, total 50 ! keep a histogram",
        "{\"type\": \"map\", \"data\": {\"@calls\": {\"fn_a\": 10}}} ! keep a histogram",
        "# DURATION     TID     FUNCTION ! functions of a program",
      })
  void whatTellsNoCallsSaysWhatToRecordInstead(String line, String step) {
    assertThatThrownBy(() -> Recordings.planText(line + "\n")).hasMessageContaining(step);
  }
}
