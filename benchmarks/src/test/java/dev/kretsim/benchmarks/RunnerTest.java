package dev.kretsim.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.benchmarks.peer.Contenders;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the runner takes on its command line, and how it refuses the rest. */
class RunnerTest {
  static Iterable<String> labels() {
    return Contenders.names();
  }

  @ParameterizedTest
  @MethodSource("labels")
  void aDesignIsTakenAsResultsPrintIt(String label) {
    String printed = label.toLowerCase(Locale.ROOT).replace('_', ' ');
    assertThat(Contenders.labelled(printed)).contains(label);
    assertThat(Contenders.labelled(label)).contains(label);
  }

  @Test
  void aDesignThatNobodyKnowsIsRefusedInOneLineThatNamesTheOthers() {
    assertThat(refusal("--designs", "ring,rong"))
        .startsWith("--designs: no design is called rong; expected some of FLOOR,HLIST_TAS,")
        .contains(",RING,")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({"--groups,pool-3", "--threads,2", "--classpath,no-such.jar"})
  void whatIsWrongIsToldInOneLine(String option, String value) {
    assertThat(refusal(option, value)).contains(option).hasLineCount(1);
  }

  private static String refusal(String... args) {
    StringWriter said = new StringWriter();
    assertThat(Runner.commandLine().setErr(new PrintWriter(said)).execute(args)).isEqualTo(2);
    return said.toString();
  }
}
