package dev.kretsim.trace.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.CallsOf;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls as CSV, the way spreadsheets and scripts write it. */
class CallTablesTest {
  private static final String ROWS = "1000,3000,1,f\n2000,5000,2,f\n";
  private static final String CALLS = "+0.1@1 +0.1@2 -0.1@3 -0.1@5";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "entry_ns,exit_ns,task,function\n",
        "\ufeffentry_ns,exit_ns,task,function\r\n",
        "\"entry_ns\",\"exit_ns\",\"task\",\"function\"\n",
        "ENTRY_NS, Exit_ns, Task, Function\n",
        "# mine\n\nentry_ns,exit_ns,task,function\n"
      })
  void theHeaderMayBeInQuotesAndCapitals(String header) {
    assertThat(CallsOf.in(header + ROWS)).isEqualTo(CALLS);
  }

  @ParameterizedTest
  @ValueSource(strings = {";", "\t"})
  void aHeaderTellsWhatIsBetweenColumns(String between) {
    String header = "entry_ns,exit_ns,task,function\n";
    for (String whole : new String[] {header + ROWS, header.toUpperCase(Locale.ROOT) + ROWS}) {
      assertThat(CallsOf.in(whole.replace(",", between))).isEqualTo(CALLS);
    }
    assertThat(CallsOf.in((header + "2000,5000,2,f\n1000,3000,1,f\n").replace(",", between)))
        .as("sorted")
        .isEqualTo(CALLS);
    assertThatThrownBy(() -> CallsOf.in(ROWS.replace(",", between)))
        .as("no header")
        .isInstanceOf(BadInputException.class);
  }

  @Test
  void rowsWithAnotherSeparatorThanTheHeadersAreSaidToBeDamaged() {
    String mixed = "entry_ns;exit_ns;task;function\n1000;3000;1;f\n2000,5000,2,f\n";
    assertThat(CallsOf.reading(mixed).findings().remarks())
        .singleElement()
        .asString()
        .contains("damaged line", "expected 'entry_ns;exit_ns;task;function'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "1000,3000,1,f~2000,5000,1,f!calls of one task cross",
        "1000,3000,1,f~2000,5000,1,f~4000,6000,1,f!calls of one task cross",
        "1000,5000,1,f~2000,3000,1,f!",
        "1000,5000,1,f~2000,5000,1,f!",
        "1000,3000,1,f~3000,5000,1,f!",
        "1000,3000,1,f~2000,5000,1,g!",
        "1000,3000,1,f~2000,5000,2,f!",
      })
  void callsOfOneTaskThatCrossAreSaid(String rows, String said) {
    List<String> remarks = CallsOf.reading(rows.replace('~', '\n') + "\n").findings().remarks();
    if (said == null) {
      assertThat(remarks).isEmpty();
    } else {
      assertThat(remarks).singleElement().asString().contains(said, "is the task a process?");
    }
  }

  @Test
  void aFieldInQuotesIsTheFieldWithoutThem() {
    String quoted = "\"1000\",\"3000\",\"1\",\"f\"\n2000, \"5000\" ,\"2\",f\n";
    assertThat(CallsOf.in(quoted)).isEqualTo(CALLS);
    assertThat(CallsOf.in(quoted + "6000,\"\",\"1\",f\n"))
        .isEqualTo(CallsOf.in(ROWS + "6000,,1,f\n"));
  }

  @Test
  void nanosecondsSince1970AreTimesLikeOthers() {
    String epoch = "1700000000000001000,1700000000000003000,1,f\n";
    assertThat(CallsOf.reading(epoch).findings().remarks()).isEmpty();
    assertThat(CallsOf.in(epoch)).isEqualTo("+0.1@1700000000000001 -0.1@1700000000000003");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "entry_us,exit_us,task,function",
        "# entry_us,exit_us,task,function",
        "start,end,tid,func",
        "exit_ns,entry_ns,task,function",
        "entry_ns,duration_ns,task,function",
        "entry_ns,exit_ns,task,function,cpu",
        "\"entry_ns\",\"exit_ns\",\"comm\",\"task\""
      })
  void otherColumnsAreNotReadAsOurs(String header) {
    assertThatThrownBy(() -> CallsOf.in(header + "\n" + ROWS))
        .hasMessageContaining("; expected entry_ns,exit_ns,task,function");
  }
}
