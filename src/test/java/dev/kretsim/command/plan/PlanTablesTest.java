package dev.kretsim.command.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.cli.ConsoleRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose holds a table tells, and what is said of several functions. */
class PlanTablesTest {
  private static final String BCC =
      "     usecs     : count     distribution\n     2 -> 3    : 5        |****|\n";
  private static final String OF_A =
      "Tracing 1 functions for \"fn_a\"... Hit Ctrl-C to end.\n" + BCC;

  @TempDir private Path folder;

  private ConsoleRun plan(String text, Object... options) throws IOException {
    Object[] all = new Object[options.length + 5];
    System.arraycopy(options, 0, all, 5, options.length);
    all[0] = Files.writeString(folder.resolve("t.txt"), text);
    all[1] = "--rate";
    all[2] = "1000/s";
    all[3] = "--calls";
    all[4] = "1000";
    return PlanRuns.plan(all);
  }

  @ParameterizedTest
  @ValueSource(strings = {BCC, "@us:\n[2, 4)     5 |@@@|\n"})
  void aTableThatNamesNoFunctionIsSaidTo(String table) throws IOException {
    assertThat(plan(table).err()).contains("warning: nothing in it names the function");
    ConsoleRun named = plan(table, "--function", "fn_b");
    assertThat(named.out()).startsWith("fn_b  in ");
    assertThat(named.err()).contains("nothing in it names the function; it is taken for fn_b's");
    assertThat(plan(OF_A).err()).doesNotContain("names the function");
  }

  @Test
  void aFileWithoutATableBesideOneWithOneIsNotPassedOverInSilence() throws IOException {
    Path counters = Files.writeString(folder.resolve("p.txt"), "  r_fn_a_0    100   5\n");
    assertThat(plan(OF_A, counters).err()).contains("p.txt: warning: adds nothing");
    assertThat(plan(OF_A).err()).doesNotContain("adds nothing");
  }

  @Test
  void aTableOfOneFunctionIsNotTakenForAnothers() throws IOException {
    PlanRuns.assertRefused(
        plan(OF_A, "--function", "fn_b"), "no table of fn_b; there are those of fn_a");
    assertThat(plan(OF_A, "--function", "fn_a").out()).startsWith("fn_a  in ");
  }

  @Test
  void aKeyOfSeveralNamesCanBeChosenAndIsSaidToBeNoFunction() throws IOException {
    String maps = "@us[fn_a, bash]:\n[2, 4) 5 |@|\n\n@us[fn_a, cat]:\n[2, 4) 3 |@|\n";
    PlanRuns.assertRefused(plan(maps), "choose with --function: 'fn_a, bash', 'fn_a, cat'");
    ConsoleRun chosen = plan(maps, "--function", "fn_a, cat");
    assertThat(chosen.out()).startsWith("fn_a, cat  in ").contains("3 calls in histograms");
    assertThat(chosen.err()).contains("one pool serves them all");
  }

  @Test
  void whatIsToBeKnownOfSeveralLinesIsSaidOnce() throws IOException {
    Path calls =
        Files.writeString(
            folder.resolve("c.csv"), "1000,9000,1,fn_a\n2000,9000,2,fn_a\n3000,9000,3,fn_b\n");
    String text =
        PlanRuns.plan(calls, "--function", "fn_a,fn_b", "--possible-cpus", "1", "--tool", "bcc")
            .out();
    assertThat(text).contains("fn_a\", fn_name", "fn_b\", fn_name");
    assertThat(text.split("Nothing is to be set", -1)).hasSize(2);
    assertThat(text).endsWith("that number.\n");
  }
}
