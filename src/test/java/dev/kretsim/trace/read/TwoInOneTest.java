package dev.kretsim.trace.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.trace.CallsOf;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Traces in which lines of two kinds, or of two kernels, stand between each other. */
class TwoInOneTest {
  private static final String ADDRESS = "(ffffffff81234560";

  private static String reported(int micros, String event) {
    return String.format(Locale.ROOT, "wl-7 [001] 1.%06d: %s%n", micros, event);
  }

  private static String probes() {
    return reported(11, "f_in: " + ADDRESS + ")")
        + reported(12, "f_out: " + ADDRESS + " <- ffffffff81111111)");
  }

  private static String graph() {
    return reported(20, "funcgraph_entry:                   |  g() {")
        + reported(29, "funcgraph_exit:         9.000 us   |  }");
  }

  private static List<String> remarks(String text) {
    return CallsOf.reading(text).findings().remarks();
  }

  @Test
  void theKindThatComesFirstIsReadAndTheOtherSaidToBeLeftOut() {
    assertThat(remarks("cpus=2\n" + probes() + graph()))
        .singleElement()
        .asString()
        .contains("2 lines of function_graph were left out", "grep funcgraph_e");
    assertThat(remarks("cpus=2\n" + graph() + probes().replace("1.0", "2.0")))
        .singleElement()
        .asString()
        .contains("2 lines of probe events were left out", "grep -v funcgraph_e");
    assertThat(remarks("cpus=2\n" + graph() + reported(30, "sched_wakeup: comm=a"))).isEmpty();
  }

  @Test
  void probeEventsThatAreCommentsOfAGraphAreSaidToBeLeftOut() {
    String line = "  0.%s |   0)    wl-7   | %-13s |  %s%n";
    String begin = line.formatted("000001", "", "g() {");
    String end = line.formatted("000009", "  8.000 us", "}");
    String probe = line.formatted("000005", "", "  /* f_in: (f+0x4/0x90) */");
    String other = line.formatted("000006", "", "  /* sys_enter: NR 1 (1, 2, 3) */");
    assertThat(remarks(begin + other + end)).isEmpty();
    assertThat(remarks(begin + probe + other + end))
        .singleElement()
        .asString()
        .contains("1 probe events stand as comments");
  }

  @Test
  void linesOfTwoFilesAreRefused() {
    String own = probes().replace("wl-7", "guest.dat: wl-7");
    assertThat(CallsOf.in("cpus=2\n" + own)).isEqualTo(CallsOf.in("cpus=2\n" + probes()));
    String others = own.replace("guest", "host").replace("1.0", "2.0");
    assertThatThrownBy(() -> CallsOf.in("cpus=2\n" + own + others))
        .hasMessageContaining("lines of guest.dat and host.dat");
  }
}
