package dev.kretsim.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shells that load their completion file offer commands, options and values. */
class CompletionsTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws Exception {
    Completions.write(folder);
  }

  private String shell(String name, String... arguments) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin", name)), name + " is not there");
    List<String> line = new ArrayList<>(List.of(name));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().put("HOME", folder.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }

  @Test
  void bashOffersCommandsAndOptions() throws Exception {
    String offer =
        "compopt() { :; }; source %s;"
            + " COMP_WORDS=(kretsim %s); COMP_CWORD=%d; _complete_kretsim; echo ${COMPREPLY[@]}";
    Path file = folder.resolve("kretsim.bash");
    assertThat(shell("bash", "-c", offer.formatted(file, "pl", 1))).isEqualTo("plan\n");
    assertThat(shell("bash", "-c", offer.formatted(file, "plan --maxa", 2)))
        .isEqualTo("--maxactive\n");
  }

  @Test
  void zshReadsItsFile() throws Exception {
    assertThat(shell("zsh", "-n", folder.resolve("_kretsim").toString())).isEmpty();
  }

  @Test
  void fishOffersCommandsAndOptions() throws Exception {
    String offer = "source " + folder.resolve("kretsim.fish") + "; complete -C 'kretsim %s'";
    assertThat(shell("fish", "-c", offer.formatted("pl"))).startsWith("plan\t");
    assertThat(shell("fish", "-c", offer.formatted("plan --maxa"))).startsWith("--maxactive");
    assertThat(shell("fish", "-c", offer.formatted("run --maxactiv"))).doesNotContain("--html\t");
  }
}
