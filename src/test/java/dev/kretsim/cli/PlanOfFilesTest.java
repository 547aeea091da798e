package dev.kretsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files alone are planned from without options being known, and with the same result. */
class PlanOfFilesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan sample:nanosleep-bursts",
        "plan sample:nanosleep-bursts sample:nanosleep-bursts",
        "plan FOLDER/missing.trace",
        "plan FOLDER",
        "plan FOLDER/empty",
        "plan FOLDER/calls.csv",
        "plan FOLDER/cut.csv",
        "plan FOLDER/calls.csv FOLDER/empty",
        "plan @FOLDER/empty",
        "plan \"FOLDER/calls.csv\"",
        "plan ${sys:user.home}",
        "plan plan",
        "plan sample:none"
      })
  void filesAloneGiveWhatTheyGiveWhereOptionsAreKnown(String line) throws Exception {
    Files.createFile(folder.resolve("empty"));
    Files.writeString(
        folder.resolve("calls.csv"), "entry_ns,exit_ns,function\n0,10,f\n5,20,f\n30,31,g\n");
    Files.writeString(folder.resolve("cut.csv"), "entry_ns,exit_ns,function\n0,10,f\n5,x,f\n7,");
    String[] arguments = line.replace("FOLDER", folder.toString()).split(" ");

    assertThat(Main.isPlanOfFiles(arguments)).isTrue();
    assertThat(direct(arguments)).isEqualTo(ConsoleRun.of((Object[]) arguments));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan",
        "plan --help",
        "plan a --jobs 1",
        "plan -- a",
        "plan -x",
        "--version",
        "record a",
        "plans a"
      })
  void whereAnOptionOrAnotherCommandStandsTheyAreKnown(String line) {
    assertThat(Main.isPlanOfFiles(line.split(" "))).isFalse();
  }

  @Test
  void standardInputIsNoOption() {
    assertThat(Main.isPlanOfFiles(new String[] {"plan", "-", "a"})).isTrue();
  }

  private static ConsoleRun direct(String[] arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.planOfFiles(arguments, new PrintWriter(out), new PrintWriter(err));
    return new ConsoleRun(code, out.toString(), err.toString());
  }
}
