package dev.kretsim.cli.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.cli.ConsoleRun;
import dev.kretsim.cli.Main;
import dev.kretsim.fleet.ClusterJob;
import dev.kretsim.fleet.FleetQueries;
import dev.kretsim.fleet.HostTraces;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** On Spark a fleet gives the numbers that it gives on one machine. */
@Tag("spark")
class SparkFleetTest {
  private static final int HOSTS = 9;

  /** The number that the page's queries ask about. */
  private static final int POOL = 4;

  /** Where they read from. */
  private static final String SHOWN = "fleet-out/rows";

  private static SparkSession spark;

  @TempDir private Path folder;

  private Path traces;

  @BeforeAll
  static void start(@TempDir Path warehouse) {
    spark =
        SparkSession.builder()
            .master("local[2,4]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.warehouse.dir", warehouse.toUri().toString())
            .config("spark.hadoop.fs.flaky.impl", FlakyStore.class.getName())
            .config("spark.hadoop.fs.flaky.impl.disable.cache", "true")
            .getOrCreate();
    spark.sparkContext().setLogLevel("OFF");
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @BeforeEach
  void recordHosts() throws IOException {
    FlakyStore.OPENED.clear();
    FlakyStore.failures = 0;
    traces = Files.createDirectories(folder.resolve("all traces"));
    for (int host = 0; host < HOSTS; host++) {
      String name = "host%02d.trace.txt".formatted(host);
      if (host % 3 == 2) {
        try (OutputStream packed =
            new GZIPOutputStream(Files.newOutputStream(traces.resolve(name + ".gz")))) {
          packed.write(HostTraces.of(host).getBytes(StandardCharsets.UTF_8));
        }
      } else {
        Files.writeString(traces.resolve(name), HostTraces.of(host));
      }
    }
  }

  private ConsoleRun submit(String out, String... arguments) {
    StringWriter said = new StringWriter();
    StringWriter complained = new StringWriter();
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--out", folder.resolve(out).toString()));
    int code =
        Main.withConventions(new CommandLine(new SparkFleetCommand()))
            .setOut(new PrintWriter(said))
            .setErr(new PrintWriter(complained))
            .execute(all.toArray(String[]::new));
    return new ConsoleRun(code, said.toString(), complained.toString());
  }

  private void planned(String out, String... arguments) {
    ConsoleRun run = submit(out, arguments);
    assertThat(run.code()).as(run.err()).isZero();
  }

  /** All rows, in the order of hosts and functions, as text. */
  private String rows(String out) {
    return String.join(
        "\n",
        spark
            .read()
            .parquet(folder.resolve(out).resolve("rows").toString())
            .orderBy("host", "function")
            .toJSON()
            .collectAsList());
  }

  private String report(String out) throws IOException {
    return Files.readString(folder.resolve(out).resolve("fleet.json"));
  }

  private String onOneMachine(String... options) {
    List<Object> all = new ArrayList<>(List.of("fleet", traces, "--out", "json"));
    all.addAll(List.of(options));
    ConsoleRun run = ConsoleRun.of(all.toArray());
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  @Test
  void theReportIsThatOfOneMachineToTheLastDigit() throws IOException {
    planned("out", traces.toString(), "--cover", "0.5", "--target", "0.01");
    assertThat(report("out")).isEqualTo(onOneMachine("--cover", "0.5", "--target", "0.01"));
    planned("other", traces.toString());
    assertThat(report("other")).isEqualTo(onOneMachine()).isNotEqualTo(report("out"));
  }

  @Test
  void whatSparkSubmitNamesFindsTheCommand() {
    assertThat(ServiceLoader.load(ClusterJob.class).findFirst())
        .hasValueSatisfying(job -> assertThat(job).isInstanceOf(SparkFleetCommand.class));
  }

  @Test
  void hostsAreToldAsOnOneMachine() throws IOException {
    planned("out", traces.toString(), "--host-by", "host(.)", "--partitions", "2");
    assertThat(report("out")).isEqualTo(onOneMachine("--host-by", "host(.)"));
    assertThat(new ObjectMapper().readTree(report("out")).path("hosts").asInt()).isEqualTo(1);
  }

  @Test
  void filesOfOneNameInSeveralFoldersAreRemarkedOnAsOnOneMachine() throws IOException {
    Path rack = Files.createDirectories(traces.resolve("rack"));
    Files.copy(traces.resolve("host00.trace.txt"), rack.resolve("host01.trace.txt"));
    ConsoleRun run = submit("out", traces.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("1 of 9 hosts have files in several folders");
    assertThat(run.err()).isEqualTo(ConsoleRun.of("fleet", traces).err());
    assertThat(report("out")).isEqualTo(onOneMachine());
  }

  @Test
  void rowsAreTheSameHoweverManyTasksThereAre() throws IOException {
    planned("one", traces.toString(), "--partitions", "1");
    assertThat(rows("one").lines()).hasSize(HOSTS);
    for (String tasks : List.of("7", "64")) {
      planned(tasks, traces.toString(), "--partitions", tasks);
      assertThat(rows(tasks)).isEqualTo(rows("one"));
      assertThat(report(tasks)).isEqualTo(report("one"));
    }
  }

  @Test
  void rowsAreTheSameWhereTasksFailTwice() throws IOException {
    planned("calm", "flaky://" + traces, "--partitions", "3");
    int calm = FlakyStore.OPENED.getOrDefault("host02.trace.txt.gz", 0);
    assertThat(calm).isPositive();
    FlakyStore.OPENED.clear();
    FlakyStore.failures = 2;
    planned("flaky", "flaky://" + traces, "--partitions", "9");
    assertThat(FlakyStore.OPENED).hasSize(HOSTS).containsEntry("host02.trace.txt.gz", calm + 2);
    assertThat(rows("flaky")).isEqualTo(rows("calm"));
    assertThat(report("flaky")).isEqualTo(report("calm"));
  }

  @Test
  void aStoreThatNeverAnswersEndsTheJobAndIsNoDamagedTrace() {
    FlakyStore.failures = Integer.MAX_VALUE;
    ConsoleRun run = submit("out", "flaky://" + traces);
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("Spark gave up", "the store is busy");
    assertThat(folder.resolve("out/fleet.json")).doesNotExist();
  }

  @Test
  void damagedHostsAreListedAndTheOthersCount() throws IOException {
    Files.writeString(traces.resolve("ill.txt"), "no trace at all\n");
    Files.write(traces.resolve("cut.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0});
    Files.createFile(traces.resolve("void.txt"));
    planned("out", traces.toString(), "--partitions", "7");
    JsonNode remote = new ObjectMapper().readTree(report("out"));
    assertThat(remote.path("failed").findValuesAsText("host"))
        .containsExactly("cut", "ill", "void");
    assertThat(remote.at("/functions/0/hosts").asInt()).isEqualTo(HOSTS);
    assertThat(report("out")).isEqualTo(onOneMachine());
  }

  @ParameterizedTest
  @ValueSource(strings = {"empty", "nowhere", "no*thing"})
  void whereNoTraceIsNothingIsMade(String name) throws IOException {
    Files.createDirectories(folder.resolve("empty/er"));
    ConsoleRun run = submit("out", folder.resolve(name).toString());
    assertThat(run.refused()).as("%s", run).isTrue();
    assertThat(run.err()).contains(name);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void whatIsThereIsNotWrittenOver() throws IOException {
    Path kept = Files.createDirectories(folder.resolve("out"));
    ConsoleRun run = submit("out", traces.toString());
    assertThat(run.refused()).as("%s", run).isTrue();
    assertThat(run.err()).contains("exists; expected a new folder's name");
    try (Stream<Path> files = Files.list(kept)) {
      assertThat(files).isEmpty();
    }
    ConsoleRun among = submit("all traces/out", traces.toString());
    assertThat(among.refused()).as("%s", among).isTrue();
    assertThat(among.err()).contains("name a folder without traces");
  }

  @Test
  void filesMayHaveAnyNamesThatFilesHaveOnOneMachine() throws IOException {
    for (String name :
        List.of("a b", "e%20f", "g{h}", "[i]", "\u00e4", "#j", ".l", "m,n", "o*p?")) {
      Files.writeString(traces.resolve(name + ".txt"), HostTraces.of(1));
    }
    planned("named", traces.toString());
    assertThat(report("named")).isEqualTo(onOneMachine());
  }

  @Test
  void nothingIsWrittenAmongTheTracesByWhateverName() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), traces);
    for (String out : List.of("all traces/new", "x/../all traces/new", "link/new", "link/a/b")) {
      ConsoleRun run = submit(out, traces.toString());
      assertThat(run.refused()).as("%s: %s", out, run.err()).isTrue();
      assertThat(run.err()).contains("--out ", "traces are read from");
    }
    for (String named : List.of("link", "all traces/*", "all*", "all traces/*/*.json")) {
      ConsoleRun run = submit("all traces/new", folder.resolve(named).toString());
      assertThat(run.refused()).as("%s: %s", named, run.err()).isTrue();
      assertThat(run.err()).contains("traces are read from");
    }
    try (Stream<Path> files = Files.list(traces)) {
      assertThat(files).hasSize(HOSTS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nosuch://x/y", "file://host/x", "[", "{a", "x\u0000y", "::", "%zz"})
  void whatIsNoNameIsRefusedInOneLine(String name) {
    ConsoleRun asTraces = submit("none", name);
    assertThat(asTraces.refused()).as(asTraces.err()).isTrue();
    ConsoleRun asOutput = submit("none", traces.toString(), "--out", name);
    assertThat(asOutput.refused()).as(asOutput.err()).isTrue();
  }

  @Test
  void aRowTellsWhatTheReportIsMadeOf() throws IOException {
    planned("out", traces.toString());
    Row first = spark.read().parquet(folder.resolve("out/rows").toString()).orderBy("host").first();
    ConsoleRun plan = ConsoleRun.of("plan", traces.resolve("host00.trace.txt"), "--out", "json");
    JsonNode function = new ObjectMapper().readTree(plan.out()).at("/functions/0");
    assertThat(first.<String>getAs("host")).isEqualTo("host00");
    assertThat(first.<Long>getAs("calls")).isEqualTo(function.path("calls").asLong());
    assertThat(first.<Integer>getAs("maxactive"))
        .isEqualTo(function.at("/recommendation/maxactive").asInt());
    List<Long> missed = new ArrayList<>();
    function.path("curve").forEach(point -> missed.add(point.path("missed").asLong()));
    assertThat(first.<Long>getList(first.fieldIndex("missed"))).isEqualTo(missed);
  }

  @Test
  void theColumnsAreThoseOfOneMachine() throws IOException {
    planned("out", traces.toString());
    Path csv = folder.resolve("hosts.csv");
    onOneMachine("--rows", csv.toString());
    String head = Files.readAllLines(csv).get(0);
    Path rows = folder.resolve("out/rows");
    assertThat(spark.read().parquet(rows.toString()).columns()).containsExactly(head.split(","));
  }

  @Test
  void rowsAsCsvAreThoseOfOneMachine() throws IOException {
    Files.writeString(traces.resolve("ill, \"or\" not.txt"), "no trace at all\n");
    Files.writeString(
        traces.resolve("host03.trace.txt"),
        HostTraces.of(3).replaceAll("[^\\n]*r: \\([^\\n]*\\n(?=[^\\n]*task-102)", ""));
    planned("out", traces.toString(), "--partitions", "3", "--csv");
    Path csv = folder.resolve("hosts.csv");
    onOneMachine("--rows", csv.toString());
    List<String> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("out/rows-csv"))) {
      for (Path file : files.filter(file -> file.toString().endsWith(".csv")).toList()) {
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.get(0)).isEqualTo(Files.readAllLines(csv).get(0));
        rows.addAll(lines.subList(1, lines.size()));
      }
    }
    List<String> expected = Files.readAllLines(csv);
    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(expected.subList(1, expected.size()))
        .anyMatch(row -> row.contains("calls have no return"));
  }

  @ParameterizedTest
  @CsvSource({
    "--cover, 99.9, say 99.9%",
    "--target, 0, must be above 0",
    "--host-by, '(', must be name",
    "--partitions, 0, --partitions",
    "--hosts, nowhere.csv, cannot be read"
  })
  void whatCannotBeAskedIsRefusedAsOnOneMachine(String option, String value, String said) {
    ConsoleRun run = submit("out", traces.toString(), option, value);
    assertThat(run.refused()).as("%s", run).isTrue();
    assertThat(run.err()).contains(option, said);
    if (!option.equals("--partitions")) {
      assertThat(run.err()).isEqualTo(ConsoleRun.of("fleet", traces, option, value).err());
    }
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void remarksOfTheHostsPlansAreToldAsOnOneMachine() throws IOException {
    Files.writeString(
        traces.resolve("host03.trace.txt"),
        HostTraces.of(3).replaceAll("[^\\n]*r: \\([^\\n]*\\n(?=[^\\n]*task-102)", ""));
    ConsoleRun run = submit("out", traces.toString());
    assertThat(run.err())
        .contains("host03: warning: vfs_read: ")
        .isEqualTo(ConsoleRun.of("fleet", traces).err());
    assertThat(report("out")).isEqualTo(onOneMachine());
  }

  @Test
  void theQueriesOfThePageTellWhichHostsWouldStillMiss() throws IOException, SQLException {
    Files.writeString(traces.resolve("ill.txt"), "no trace at all\n");
    planned("out", traces.toString(), "--partitions", "4");
    Path rows = folder.resolve("out/rows");
    List<String> expected = new ArrayList<>();
    for (int host = 0; host < HOSTS; host++) {
      ConsoleRun plan = ConsoleRun.of("plan", file(host), "--out", "json");
      JsonNode function = new ObjectMapper().readTree(plan.out()).at("/functions/0");
      JsonNode curve = function.path("curve");
      long missed = curve.size() < POOL ? 0 : curve.get(POOL - 1).path("missed").asLong();
      if (missed > 1e-4 * function.path("calls").asLong()) {
        expected.add("host%02d vfs_read %d".formatted(host, missed));
      }
    }
    assertThat(expected).hasSizeBetween(1, HOSTS - 1);
    List<String> bySpark = new ArrayList<>();
    for (Row row : spark.sql(FleetQueries.of("With Spark SQL", SHOWN, rows)).collectAsList()) {
      bySpark.add(row.get(0) + " " + row.get(1) + " " + row.get(2));
    }
    List<String> byDuck = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet found = statement.executeQuery(FleetQueries.of("With DuckDB", SHOWN, rows))) {
      while (found.next()) {
        byDuck.add(found.getString(1) + " " + found.getString(2) + " " + found.getLong(3));
      }
    }
    assertThat(bySpark).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(byDuck).isEqualTo(bySpark);
  }

  private Path file(int host) {
    return traces.resolve("host%02d.trace.txt".formatted(host) + (host % 3 == 2 ? ".gz" : ""));
  }
}
