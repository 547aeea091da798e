package dev.kretsim.trace.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.trace.CallsOf;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that hold two records, far behind the beginning of a file, which is read at sight. */
class GluedLinesTest {
  private static final int MANY = 8000;

  private static String call(int i, String behind, String between) {
    return String.format(
        Locale.ROOT,
        "  a-1 [001] ..... %d.000100: f_in: (f+0x4/0x170)%s%s"
            + "  a-1 [001] ..... %d.000200: f_out: (c+0x4/0x9 <- f)%s%n",
        i,
        behind,
        between,
        i,
        behind);
  }

  private static String calls(String behind, String glue) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < MANY; i++) {
      text.append(call(i, behind, i == MANY - 2 ? glue : "\n"));
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " arg1=0x1 arg2=\"a <- b (c): (d)\""})
  void areSaidToBeLeftOut(String behind) {
    assertThat(CallsOf.reading(calls(behind, "\n")).findings().remarks()).isEmpty();
    for (String glue : new String[] {"", "   "}) {
      TraceReader.Reading<CallsOf> read = CallsOf.reading(calls(behind, glue));
      assertThat(read.findings().remarks())
          .singleElement()
          .asString()
          .contains(":" + (2 * MANY - 3) + ": warning: a damaged line was passed over");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {": ", ":         "})
  void whereverEventsNamesEnd(String colon) {
    String glued =
        calls("", "   ")
            .replace("(f+0x4/0x170)", "(ffffffff81457344)")
            .replace("(c+0x4/0x9 <- f)", "(ffffffff81457344 <- ffffffff8145446e)")
            .replace("f_in: ", "f_in" + colon)
            .replace("f_out: ", "f_out" + colon);
    assertThat(CallsOf.reading("cpus=2\n" + glued).findings().remarks())
        .anyMatch(remark -> remark.contains("warning: a damaged line was passed over"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  a-1 [001] ..... 8.000100: f_in: (f+0x  b-2 [002] ..... 8.000150: f_in: (f+0x4/0x170)",
        "  a-1 [001] ..... 8.000100: f_out: (c+0x4/0x9 <-  b-2 [002] ..... 8.0: f_in: (f+0x4/0x9)",
      })
  void noNameIsMadeOfTheRestOfARecordAndAnother(String line) {
    String text = call(1, "", "\n") + line + "\n" + call(9, "", "\n");
    assertThat(CallsOf.reading(text).findings().functions()).containsExactly("f");
    assertThat(CallsOf.reading(text).findings().remarks())
        .singleElement()
        .asString()
        .contains(":3: warning: a damaged line");
  }
}
