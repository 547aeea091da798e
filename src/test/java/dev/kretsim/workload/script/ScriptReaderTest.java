package dev.kretsim.workload.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.kernel.BadInputException;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts of tracefs lines and calls, line by line. */
class ScriptReaderTest {
  private static Script read(String... lines) throws IOException {
    return ScriptReader.read("s.sh", String.join("\n", lines));
  }

  @Test
  void eachKindOfLineIsACommandWithItsNumber() throws IOException {
    Script script =
        read(
            "# a comment",
            "function f: [sleep 1ms] returns 3",
            "echo 'p:e f $stack' > /sys/kernel/tracing/kprobe_events",
            "echo \"r:x f \\$retval\" >> kprobe_events",
            "echo hello",
            "cat /sys/kernel/debug/tracing/trace",
            "call f tasks=2 &",
            "sleep 0.5",
            "wait",
            "kill wl",
            "kprobe_event=\"p,f;r,f\"");
    assertThat(script.functions()).singleElement().matches(f -> f.returns() == 3);
    assertThat(script.commands())
        .extracting(Script.Command::line)
        .containsExactly(3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(script.commands().get(0))
        .isEqualTo(new Script.Command.Write(3, "p:e f $stack", "kprobe_events", false));
    assertThat(script.commands().get(1))
        .isEqualTo(new Script.Command.Write(4, "r:x f $retval", "kprobe_events", true));
    assertThat(script.commands().get(2)).isEqualTo(new Script.Command.Print(5, "hello"));
    assertThat(script.commands().get(3)).isEqualTo(new Script.Command.Show(6, "trace"));
    Script.Command.Call call = (Script.Command.Call) script.commands().get(4);
    assertThat(call.background()).isTrue();
    assertThat(call.load().tasks()).isEqualTo(2);
    assertThat(call.load().comm()).isEqualTo("wl");
    assertThat(script.commands().get(5)).isEqualTo(new Script.Command.Sleep(8, 500_000_000));
    assertThat(script.commands().get(8))
        .isEqualTo(new Script.Command.Boot(11, List.of("p f", "r f")));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "frob|expected function, echo, cat, call, sleep, wait, kill or kprobe_event=: frob",
        "call g|unknown name g",
        "call f tsks=2|unknown key: tsks",
        "call f tasks=-1|tasks",
        "sleep soon|soon",
        "function g: [spn 1ms]|a step is spin TIME",
      })
  void aLineThatIsNoneIsNamedByFileAndNumber(String line, String message) {
    assertThatThrownBy(() -> read("function f: [sleep 1ms]", "", line))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("s.sh:3:")
        .hasMessageContaining(message);
  }

  @Test
  void whateverIsChangedItIsReadOrRefusedInOneLine() throws IOException {
    String text = ScriptReader.builtInText();
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 400; i++) {
      StringBuilder changed = new StringBuilder(text);
      for (int change = 1 + random.nextInt(3); change > 0; change--) {
        int at = random.nextInt(changed.length());
        if (random.nextBoolean()) {
          changed.deleteCharAt(at);
        } else {
          changed.insert(at, "'\"&=[]{}:;,>#\n 0z".charAt(random.nextInt(17)));
        }
      }
      try {
        ScriptReader.read("s.sh", changed.toString());
      } catch (BadInputException bad) {
        refused++;
        assertThat(bad).hasMessageStartingWith("s.sh:");
      }
    }
    assertThat(refused).isBetween(20, 380);
  }
}
