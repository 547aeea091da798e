package dev.kretsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is said to one command and meant for another is refused, and told where it belongs. */
class MisplacedWordsTest {
  private static final String DESCRIBED = " --rate 1k/s --hold 1ms";

  private static ConsoleRun run(String words) {
    return ConsoleRun.of((Object[]) words.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fleet --target 0.5 simulate|--target: stands before the command it is for; say kretsim fleet simulate --target 0.5
          fleet --out json simulate|say kretsim fleet simulate --out json
          fleet --hosts 3 simulate|say kretsim fleet simulate --hosts 3
          fleet --html zz.html simulate|--html: is an option of kretsim fleet; kretsim fleet simulate has none of that name
          fleet --strict simulate|--strict: is an option of kretsim fleet
          fleet a.txt b.txt simulate|a.txt: stands before kretsim fleet simulate, which would not see it; where simulate is a file, say ./simulate
          """)
  void whatStandsBeforeASubcommandIsRefused(String words, String why) {
    ConsoleRun run = run(words + DESCRIBED);
    assertThat(run.refused()).as("%s", run).isTrue();
    assertThat(run.err()).contains(why);
  }

  @Test
  void noCommandWithSubcommandsIgnoresItsOptionsBeforeOne() {
    ConsoleRun run = run("scale --seed 5 validate --published none.json");
    assertThat(run.refused()).isTrue();
    assertThat(run.err()).contains("--seed 5");
  }

  @Test
  void helpBeforeASubcommandIsHelp() {
    ConsoleRun run = run("fleet --help simulate");
    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("Usage: kretsim fleet ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          events --kernel 6.1 check -|as in: kretsim events check --kernel
          events --kernel 6.1 run -|as in: kretsim events run --kernel
          --kernel 6.1 events run -|as in: kretsim events run --kernel
          --kernel 6.1 plan|as in: kretsim plan --kernel
          -- plan x|no such command: plan; behind -- nothing is a command, leave it out
          """)
  void theCommandNamedIsOneThatThereIs(String words, String why) {
    ConsoleRun run = run(words);
    assertThat(run.refused()).as("%s", run).isTrue();
    assertThat(run.err()).contains(why).doesNotContain("did you mean plan");
  }

  @Test
  void everyCommandTellsItsVersion() {
    List<String> commands = HelpTest.commands();
    assertThat(commands).hasSizeGreaterThan(12);
    for (String name : commands) {
      for (String option : List.of("-V", "--version")) {
        ConsoleRun run = run((name + " " + option).strip());
        assertThat(run.code()).isZero();
        assertThat(run.out()).as(name).startsWith("kretsim ");
      }
    }
  }
}
