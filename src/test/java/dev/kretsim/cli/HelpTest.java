package dev.kretsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code --help} says, of every command there is. */
class HelpTest {
  /** Each as it is typed; the first is empty, for {@code kretsim} itself. */
  static List<String> commands() {
    List<String> commands = new ArrayList<>();
    collect("", Main.commandLine(), commands);
    return commands;
  }

  private static void collect(String name, CommandLine command, List<String> commands) {
    commands.add(name.strip());
    command.getSubcommands().forEach((word, below) -> collect(name + " " + word, below, commands));
  }

  private static CommandLine command(String typed) {
    CommandLine command = Main.commandLine();
    for (String word : typed.isEmpty() ? new String[0] : typed.split(" ", -1)) {
      command = Objects.requireNonNull(command.getSubcommands().get(word), word);
    }
    return command;
  }

  @ParameterizedTest(name = "kretsim {0}")
  @MethodSource("commands")
  void everyCommandTellsItsExitCodes(String typed) {
    String help = command(typed).getUsageMessage();
    assertThat(help)
        .containsSubsequence("Exit codes:", "  0   ", "  2   bad usage", "  3   a limit");
  }

  /** Whoever asks for the list alone waits for no command's options. */
  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h"})
  void theListOfCommandsIsThatOfTheWholeTree(String word) {
    CommandLine listing = Main.commandLine(new String[] {word});
    assertThat(listing.getUsageMessage()).isEqualTo(Main.commandLine().getUsageMessage());
    assertThat(listing.getSubcommands().values())
        .allMatch(command -> command.getCommandSpec().options().isEmpty());
  }

  /** A percent sign that picocli cannot read makes it complain on standard error. */
  @ParameterizedTest(name = "kretsim {0}")
  @MethodSource("commands")
  void everyHelpTextCanBeFormatted(String typed) {
    PrintStream err = System.err;
    ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    System.setErr(new PrintStream(complaints, true, StandardCharsets.UTF_8));
    try {
      assertThat(command(typed).getUsageMessage()).isNotEmpty();
    } finally {
      System.setErr(err);
    }
    assertThat(complaints.toString(StandardCharsets.UTF_8)).isEmpty();
  }
}
