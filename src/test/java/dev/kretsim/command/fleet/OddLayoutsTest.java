package dev.kretsim.command.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.cli.ConsoleRun;
import dev.kretsim.fleet.HostTraces;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Folders as they are found on file servers. */
class OddLayoutsTest {
  @TempDir private Path folder;

  private Path host(String name, int number) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, HostTraces.of(number));
  }

  private JsonNode fleet(Object... more) throws IOException {
    List<Object> all = new ArrayList<>(List.of("fleet", "--out", "json"));
    all.addAll(List.of(more));
    ConsoleRun run = ConsoleRun.of(all.toArray());
    assertThat(run.code()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out());
  }

  @Test
  void namesOfFilesMayHaveBlanksLettersAndLinesOfTheirOwn() throws IOException {
    host("web 1.txt", 1);
    host("b\u00fcro.txt", 2);
    Files.writeString(folder.resolve("two\nlines.txt"), "no trace\n");
    host("a,\"quoted\".txt", 4);
    assertThat(fleet(folder).path("hosts").asInt()).isEqualTo(4);
    Path rows = folder.resolveSibling(folder.getFileName() + ".csv");
    Path page = folder.resolveSibling(folder.getFileName() + ".html");
    try {
      ConsoleRun run = ConsoleRun.of("fleet", folder, "--rows", rows, "--html", page);
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.out()).contains("two\\x0alines could not be planned");
      assertThat(rows).content().contains("\"a,\"\"quoted\"\"\",", "web 1,", "b\u00fcro,");
      assertThat(page).content().contains("two\\nlines");
    } finally {
      Files.deleteIfExists(rows);
      Files.deleteIfExists(page);
    }
  }

  @Test
  void hostsMayBeFoldersNamesOrPartsOfNames() throws IOException {
    host("eu/web1/monday.txt", 1);
    host("eu/web2/monday.txt", 2);
    host("us/web1/monday.txt", 3);
    assertThat(fleet(folder, "--host-by", "parent").path("hosts").asInt()).isEqualTo(2);
    assertThat(fleet(folder, "--host-by", "(\\w+/web\\d)/").path("hosts").asInt()).isEqualTo(3);
    ConsoleRun byName = ConsoleRun.of("fleet", folder);
    assertThat(byName.err()).contains("--host-by parent");
  }

  @Test
  void packedFilesAreHostsLikeOthers() throws IOException {
    byte[] trace = HostTraces.of(3).getBytes(StandardCharsets.UTF_8);
    try (OutputStream gz =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("a.txt.gz")))) {
      gz.write(trace);
    }
    try (OutputStream xz =
        new XZOutputStream(Files.newOutputStream(folder.resolve("b.xz")), new LZMA2Options())) {
      xz.write(trace);
    }
    host("c.txt", 3);
    JsonNode function = fleet(folder).at("/functions/0");
    assertThat(function.path("hosts").asInt()).isEqualTo(3);
    assertThat(function.path("needs")).hasSize(1);
  }

  @Test
  void whatIsEmptyOrIsNoTraceIsListedAndTheRestCounts() throws IOException {
    host("sound.txt", 2);
    Files.createFile(folder.resolve("empty.txt"));
    Files.write(folder.resolve("zeros.bin"), new byte[5000]);
    Files.writeString(folder.resolve("README.md"), "# Traces\n\nof last week\n");
    JsonNode plan = fleet(folder);
    assertThat(plan.path("failed").findValuesAsText("host"))
        .containsExactly("README", "empty", "zeros");
    assertThat(plan.at("/functions/0/hosts").asInt()).isEqualTo(1);
  }

  @Test
  void aFileThatTwoHostsHaveCountsForBothAndIsRemarkedOn() throws IOException {
    Path file = host("a.txt", 2);
    Files.createLink(folder.resolve("b.txt"), file);
    Files.createSymbolicLink(folder.resolve("a\nb.txt"), file);
    host("d.txt", 3);
    ConsoleRun run = ConsoleRun.of("fleet", folder, "--out", "json");
    assertThat(run.err())
        .contains("2 files are those of another host by another name", "the first: a\\x0ab and a")
        .hasLineCount(1);
    assertThat(new ObjectMapper().readTree(run.out()).path("hosts").asInt()).isEqualTo(4);
    assertThat(ConsoleRun.of("fleet", file, folder.resolve("b.txt")).err())
        .isEqualTo(
            "remark: 1 file is that of another host by another name, and counts for both (the"
                + " first: b and a)\n");
    ConsoleRun apart = ConsoleRun.of("fleet", file, folder.resolve("d.txt"));
    assertThat(apart.err()).doesNotContain("another name");
  }

  @Test
  void oneFileByTwoNamesIsNoTraceOfOneHost() throws IOException {
    Path file = host("a.txt", 2);
    Files.createLink(folder.resolve("a.log"), file);
    host("b.txt", 3);
    JsonNode plan = fleet(folder);
    assertThat(plan.at("/failed/0/why").asText()).contains("is the same file as");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aHostMayBeAPipe(boolean kept) throws Exception {
    host("a.txt", 2);
    Path pipe = folder.resolve("pipe.fifo");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    // Each waits for the other, and one thread may be all that the common pool has.
    Executor eachOnItsOwn = task -> new Thread(task).start();
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              try {
                Files.writeString(pipe, HostTraces.of(5));
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            },
            eachOnItsOwn);
    List<Object> asked = new ArrayList<>(List.of(folder.resolve("a.txt"), pipe));
    Path cache = folder.resolve("cache");
    if (kept) {
      asked.addAll(List.of("--cache", cache));
    }
    CompletableFuture<JsonNode> plan =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return fleet(asked.toArray());
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            },
            eachOnItsOwn);
    assertThat(plan.get(30, TimeUnit.SECONDS).path("failed")).isEmpty();
    writer.get(30, TimeUnit.SECONDS);
    assertThat(plan.get().at("/functions/0/hosts").asInt()).isEqualTo(2);
    if (kept) {
      assertThat(cache.toFile().list()).hasSize(1);
    }
  }

  @Test
  void aFunctionWithoutReturnsOnOneHostIsPlannedOnTheOthers() throws IOException {
    host("a.txt", 2);
    host("b.txt", 3);
    host("c.txt", 4);
    Files.writeString(
        folder.resolve("c.more.txt"),
        HostTraces.of(4).replaceAll("(?m)^.*r: \\(.*\n", "").replace("vfs_read", "vfs_write"));
    JsonNode plan = fleet(folder);
    assertThat(plan.path("failed")).isEmpty();
    assertThat(plan.at("/functions/0/function").asText()).isEqualTo("vfs_read");
    assertThat(plan.at("/functions/0/hosts").asInt()).isEqualTo(3);
    assertThat(plan.path("remarks").findValuesAsText("remark"))
        .anyMatch(remark -> remark.contains("vfs_write") && remark.contains("return"));
  }
}
