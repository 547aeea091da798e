package dev.kretsim.command.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.cli.ConsoleRun;
import java.nio.file.Path;
import java.util.Objects;

/** Invocations of {@code kretsim plan}. */
final class PlanRuns {
  private PlanRuns() {}

  static ConsoleRun plan(Object... arguments) {
    Object[] all = new Object[arguments.length + 1];
    all[0] = "plan";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return ConsoleRun.of(all);
  }

  static void assertRefused(ConsoleRun run, String... words) {
    assertThat(run.err()).as("stderr").endsWith("\n").contains(words);
    assertThat(run.err().lines()).as("one line").hasSize(1);
    assertThat(run.out()).as("stdout").isEmpty();
    assertThat(run.code()).isEqualTo(2);
  }

  static Path recording(String name) {
    return Path.of(
        Objects.requireNonNull(PlanRuns.class.getResource("/oracle/traces/" + name)).getPath());
  }
}
