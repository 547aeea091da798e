package dev.kretsim.command.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.cli.ConsoleRun;
import dev.kretsim.fleet.HostTraces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A fleet's numbers are those of its hosts' plans, put together. */
class FleetCommandTest {
  private static final int HOSTS = 20;

  @TempDir private Path folder;

  private record Single(int maxactive, boolean keeps, long calls, List<Long> missed) {}

  @BeforeEach
  void recordHosts() throws IOException {
    for (int host = 0; host < HOSTS; host++) {
      Files.writeString(folder.resolve("host%02d.trace.txt".formatted(host)), HostTraces.of(host));
    }
  }

  private JsonNode fleet(String... options) throws IOException {
    List<Object> arguments = new ArrayList<>(List.of("fleet", folder, "--out", "json"));
    arguments.addAll(List.of(options));
    ConsoleRun run = ConsoleRun.of(arguments.toArray());
    assertThat(run.code()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out());
  }

  private List<Single> singles() throws IOException {
    List<Single> all = new ArrayList<>();
    for (int host = 0; host < HOSTS; host++) {
      Path file = folder.resolve("host%02d.trace.txt".formatted(host));
      ConsoleRun run = ConsoleRun.of("plan", file, "--out", "json");
      JsonNode function = new ObjectMapper().readTree(run.out()).path("functions").path(0);
      all.add(
          new Single(
              function.path("recommendation").path("maxactive").asInt(),
              function.path("recommendation").path("verdict").asText().equals("keep_default"),
              function.path("calls").asLong(),
              StreamSupport.stream(function.path("curve").spliterator(), false)
                  .map(point -> point.path("missed").asLong())
                  .toList()));
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "7"})
  void whatFitsAllHostsAndWhatTheyMissIsPutTogetherFromTheirPlans(String jobs) throws IOException {
    List<Single> singles = singles();
    JsonNode function = fleet("--jobs", jobs, "--cover", "0.9").path("functions").path(0);
    List<Integer> sizes = singles.stream().map(Single::maxactive).sorted().toList();
    assertThat(function.path("function").asText()).isEqualTo("vfs_read");
    assertThat(function.path("hosts").asInt()).isEqualTo(HOSTS);
    assertThat(function.at("/maxactive/all").asInt()).isEqualTo(sizes.get(HOSTS - 1));
    assertThat(function.at("/maxactive/cover").asInt()).isEqualTo(sizes.get(17));
    assertThat(function.at("/maxactive/median").asInt()).isEqualTo(sizes.get(9));
    assertThat(function.path("default_enough_on").asLong())
        .isEqualTo(singles.stream().filter(Single::keeps).count());
    for (JsonNode point : function.path("curve")) {
      int pool = point.path("maxactive").asInt();
      long missed = 0;
      int over = 0;
      for (Single single : singles) {
        long own = pool > single.missed().size() ? 0 : single.missed().get(pool - 1);
        missed += own;
        over += own > 1e-4 * single.calls() ? 1 : 0;
      }
      assertThat(point.path("missed").asLong()).isEqualTo(missed);
      assertThat(point.path("hosts_over_target").asInt()).isEqualTo(over);
    }
    assertThat(function.path("curve").get(function.path("curve").size() - 1).path("missed").asInt())
        .isZero();
  }

  @Test
  void whatIsKeptDoesNotGoAmongTheTraces() throws IOException {
    long before = count();
    ConsoleRun run = ConsoleRun.of("fleet", folder, "--cache", folder);
    assertThat(run.refused()).as("%s", run).isTrue();
    assertThat(run.err()).contains("what is written there would be read as a trace of");
    assertThat(count()).isEqualTo(before);
  }

  private long count() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  @Test
  void theHostsThatNeedMoreThanCoversTheOthersAreNamedWithTheReason() throws IOException {
    JsonNode function = fleet("--cover", "0.5").path("functions").path(0);
    assertThat(function.path("outliers")).isNotEmpty();
    assertThat(function.path("outliers"))
        .allSatisfy(
            outlier -> {
              assertThat(outlier.path("maxactive").asInt())
                  .isGreaterThan(function.at("/maxactive/cover").asInt());
              assertThat(outlier.path("why").asText()).isNotEmpty();
            });
  }

  @Test
  void aDamagedHostIsListedAndTheOthersCount() throws IOException {
    Files.writeString(folder.resolve("ill.txt"), "no trace at all\n");
    JsonNode plan = fleet();
    assertThat(plan.path("hosts").asInt()).isEqualTo(HOSTS + 1);
    assertThat(plan.path("failed")).hasSize(1);
    assertThat(plan.at("/failed/0/host").asText()).isEqualTo("ill");
    assertThat(plan.at("/functions/0/hosts").asInt()).isEqualTo(HOSTS);
  }

  @Test
  void aHostThatDoesNotCallAFunctionHasNotFailed() throws IOException {
    String other = HostTraces.of(4).replace("vfs_read", "vfs_write");
    Files.writeString(folder.resolve("writer.txt"), other);
    JsonNode plan = fleet("--strict", "--function", "vfs_write", "--function", "vfs_read");
    assertThat(plan.path("hosts").asInt()).isEqualTo(HOSTS + 1);
    assertThat(plan.path("failed")).isEmpty();
    assertThat(plan.at("/functions/0/hosts").asInt()).isEqualTo(HOSTS);
    assertThat(plan.at("/functions/1/hosts").asInt()).isEqualTo(1);
    assertThat(fleet("--strict", "--function", "vfs_write").at("/functions/0"))
        .isEqualTo(plan.at("/functions/1"));
    ConsoleRun none = ConsoleRun.of("fleet", folder, "--function", "vfs_sync");
    assertThat(none.refused()).as("%s", none).isTrue();
    assertThat(none.err()).contains("no host that can be planned has a call of vfs_sync; host");
    ConsoleRun one =
        ConsoleRun.of("fleet", folder, "--function", "vfs_read", "--function", "vfs_raed");
    assertThat(one.refused()).as("%s", one).isTrue();
    assertThat(one.err()).contains("a call of vfs_raed; ", " has vfs_read; did you mean vfs_read?");
  }

  @Test
  void aDamagedHostIsAnErrorWhereThatIsAskedFor() throws IOException {
    Files.writeString(folder.resolve("ill.txt"), "no trace at all\n");
    ConsoleRun run = ConsoleRun.of("fleet", folder, "--strict");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("1 of 21 hosts cannot be planned; the first is ill");
  }

  @Test
  void hostsAreFoundByPatternsOfFilesAndByTheirFolders() throws IOException {
    Path rack = Files.createDirectories(folder.resolve("rack7"));
    Files.move(folder.resolve("host03.trace.txt"), rack.resolve("monday.txt"));
    ConsoleRun byPattern = ConsoleRun.of("fleet", folder + "/host0[0-2]*.txt", "--out", "json");
    assertThat(new ObjectMapper().readTree(byPattern.out()).path("hosts").asInt()).isEqualTo(3);
    ConsoleRun byParent =
        ConsoleRun.of("fleet", rack, "--host-by", "parent", "--cover", "0.5", "--out", "json");
    assertThat(new ObjectMapper().readTree(byParent.out()).path("hosts").asInt()).isEqualTo(1);
    ConsoleRun byRegex = ConsoleRun.of("fleet", folder, "--host-by", "host(.)", "--out", "json");
    assertThat(byRegex.code()).isEqualTo(2);
    assertThat(byRegex.err()).contains("finds no host in the name of").contains("monday.txt");
  }

  @Test
  void aHostHasAName() {
    ConsoleRun run = ConsoleRun.of("fleet", folder, "--host-by", "(rack)?");
    assertThat(run.refused()).as("%s", run).isTrue();
    assertThat(run.err()).contains("finds an empty host in the name of");
  }

  @Test
  void sharesAreWrittenAsInAPlan() throws IOException {
    JsonNode plain = fleet("--target", "0.02", "--cover", "0.5");
    assertThat(fleet("--target", "2%", "--cover", "50%")).isEqualTo(plain);
    assertThat(fleet("--target", "1/50", "--cover", "1 in 2")).isEqualTo(plain);
    assertThat(fleet("--target", "0.03")).isNotEqualTo(plain);
  }

  @ParameterizedTest
  @CsvSource({
    "--cover, 99.9, say 99.9%",
    "--cover, 101%, at most 1",
    "--cover, 100.5%, at most 1",
    "--cover, most, must be a share",
    "--target, 99.9%, the share of calls that may be missed",
    "--target, 0, must be above 0",
    "--target, 2, --target",
    "--target, none, must be a share",
  })
  void aShareThatMayMeanSomethingElseIsRefused(String option, String share, String said) {
    ConsoleRun run = ConsoleRun.of("fleet", folder, option, share);
    assertThat(run.refused()).as("%s", run).isTrue();
    assertThat(run.err()).contains(option, said).doesNotContain("%%");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1.5", "NaN", "-1"})
  void aShareOfTheHostsIsAboveZeroAndAtMostOne(String cover) {
    ConsoleRun run = ConsoleRun.of("fleet", folder, "--cover", cover);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--cover");
  }

  @Test
  void whatIsKnownOfAHostIsKeptByItsContent(@TempDir Path elsewhere) throws IOException {
    Path cache = elsewhere.resolve("cache");
    JsonNode first = fleet("--cache", cache.toString());
    assertThat(cache.toFile().list()).hasSize(HOSTS);
    Files.move(folder.resolve("host03.trace.txt"), folder.resolve("other.trace.txt"));
    JsonNode again = fleet("--cache", cache.toString());
    assertThat(cache.toFile().list()).hasSize(HOSTS);
    assertThat(again.at("/functions/0/curve")).isEqualTo(first.at("/functions/0/curve"));
    fleet("--cache", cache.toString(), "--target", "0.01");
    assertThat(cache.toFile().list()).hasSize(2 * HOSTS);
  }

  @Test
  void whatIsKeptAndHasBecomeDamagedIsFoundOutAgain(@TempDir Path elsewhere) throws IOException {
    Path cache = elsewhere.resolve("cache");
    JsonNode first = fleet("--cache", cache.toString());
    Map<Path, byte[]> sound = new HashMap<>();
    List<String> damages = List.of("", "null", "{}", "\u0000", "{\"host\":\"x\"}");
    try (Stream<Path> files = Files.list(cache)) {
      int turn = 0;
      for (Path file : files.sorted().toList()) {
        byte[] content = Files.readAllBytes(file);
        sound.put(file, content);
        if (turn < damages.size()) {
          Files.writeString(file, damages.get(turn));
        } else if (turn % 2 == 0) {
          Files.write(file, Arrays.copyOf(content, content.length - turn));
        } else {
          String text = new String(content, StandardCharsets.UTF_8);
          Files.writeString(file, text.replaceFirst("\"calls\":[0-9]", "\"calls\":9"));
        }
        turn++;
      }
    }
    assertThat(fleet("--cache", cache.toString())).isEqualTo(first);
    sound.forEach((file, content) -> assertThat(file).hasBinaryContent(content));
  }

  @Test
  void whatIsKeptIsNotReadAgain(@TempDir Path elsewhere) throws IOException {
    Path cache = elsewhere.resolve("cache");
    JsonNode first = fleet("--cache", cache.toString());
    FileTime longAgo = FileTime.fromMillis(1000);
    List<Path> kept;
    try (Stream<Path> files = Files.list(cache)) {
      kept = files.toList();
    }
    for (Path file : kept) {
      Files.setLastModifiedTime(file, longAgo);
    }
    assertThat(fleet("--cache", cache.toString())).isEqualTo(first);
    for (Path file : kept) {
      assertThat(Files.getLastModifiedTime(file)).isEqualTo(longAgo);
    }
  }

  @Test
  void anEmptyFolderIsRefused() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    ConsoleRun run = ConsoleRun.of("fleet", empty);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("no file is there");
  }

  @Test
  void thePageIsWrittenBesideWhatIsPrinted(@TempDir Path elsewhere) throws IOException {
    Path page = elsewhere.resolve("fleet.html");
    ConsoleRun run = ConsoleRun.of("fleet", folder, "--html", page);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo(ConsoleRun.of("fleet", folder).out());
    assertThat(page).content().startsWith("<!DOCTYPE html>").contains("vfs_read");
    Path trace = folder.resolve("host03.trace.txt");
    byte[] before = Files.readAllBytes(trace);
    ConsoleRun over = ConsoleRun.of("fleet", folder, "--html", trace);
    assertThat(over.refused()).as("%s", over).isTrue();
    assertThat(trace).hasBinaryContent(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"table", "csv", "markdown"})
  void everyFormIsPrinted(String form) {
    ConsoleRun run = ConsoleRun.of("fleet", folder, "--out", form);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("vfs_read");
  }
}
