package dev.kretsim.scale.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Threads that are tied to a CPU, by what the system says of them. */
@EnabledOnOs(OS.LINUX)
class PinnedTest {
  private static final String ALLOWED = "Cpus_allowed_list:";
  private static final int NO_CPU = 1_000_000;

  @Test
  void aPinnedThreadRunsOnThatCpuAloneAndOthersWhereTheyCould() {
    String before = allowed();
    for (int cpu : List.of(first(), last())) {
      assertThat(inAThread(() -> Pinned.to(cpu) ? allowed() : "not pinned"))
          .isEqualTo(String.valueOf(cpu));
    }
    assertThat(allowed()).isEqualTo(before);
  }

  @Test
  void whereThereIsNoSuchCpuTheThreadStaysWhereItWas() {
    String before = allowed();
    assertThat(inAThread(() -> Pinned.to(NO_CPU) + " " + allowed())).isEqualTo("false " + before);
  }

  @Test
  void asManyCpusAreNamedAsMayBeUsedAndEachOnce() {
    assertThat(Pinned.cpus())
        .hasSize(Runtime.getRuntime().availableProcessors())
        .doesNotHaveDuplicates();
  }

  private static int first() {
    return Pinned.cpus().get(0);
  }

  private static int last() {
    return Pinned.cpus().get(Pinned.cpus().size() - 1);
  }

  private static String inAThread(Supplier<String> what) {
    return CompletableFuture.supplyAsync(what, task -> new Thread(task).start()).join();
  }

  private static String allowed() {
    try {
      return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
          .filter(line -> line.startsWith(ALLOWED))
          .map(line -> line.substring(ALLOWED.length()).strip())
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
