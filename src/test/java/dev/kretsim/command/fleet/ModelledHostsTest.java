package dev.kretsim.command.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.cli.ConsoleRun;
import dev.kretsim.fleet.HostTraces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts known by counters or histograms are planned as {@code plan} does, and summed apart. */
class ModelledHostsTest {
  @TempDir private Path folder;

  private Path hosts;

  @BeforeEach
  void record() throws IOException {
    hosts = Files.createDirectory(folder.resolve("hosts"));
    Files.writeString(hosts.resolve("web.txt"), HostTraces.of(3));
    // In the order of the names, the later one comes first.
    Files.writeString(hosts.resolve("db.before"), "  vfs_read_out  100  5\n  odd_out 3 0\n");
    Files.writeString(hosts.resolve("db.after"), "  vfs_read_out  90100  105\n  odd_out 3 0\n");
    Files.writeString(
        hosts.resolve("app.hist.txt"),
        """
        Tracing 1 functions for "vfs_read"... Hit Ctrl-C to end.
        ^C
             usecs               : count     distribution
                 0 -> 1          : 1143     |****************************************|
                 2 -> 3          : 420      |**************                          |
               512 -> 1023       : 25       |                                        |

        Detaching...
        """);
  }

  private Path table(String text) throws IOException {
    return Files.writeString(folder.resolve("hosts.csv"), text);
  }

  private static JsonNode json(Object... arguments) throws IOException {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--out", "json"));
    ConsoleRun run = ConsoleRun.of(all.toArray());
    assertThat(run.code()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out());
  }

  private static JsonNode plan(Object... arguments) throws IOException {
    return json(arguments).at("/functions/0");
  }

  private JsonNode counted() throws IOException {
    return plan(
        "plan",
        hosts.resolve("db.before"),
        hosts.resolve("db.after"),
        "--maxactive",
        "6",
        "--kernel",
        "6.1");
  }

  private List<JsonNode> models() throws IOException {
    return List.of(counted(), plan("plan", hosts.resolve("app.hist.txt"), "--rate", "20k/s"));
  }

  @Test
  void theirMissesAreThoseOfTheirPlansAndAreSummedApart() throws IOException {
    Path table = table("host,maxactive,rate,kernel\ndb,6,,6.1\napp,,20k/s,\n");
    JsonNode fleet = json("fleet", hosts, "--hosts", table);
    JsonNode function = fleet.at("/functions/0");
    assertThat(fleet.path("failed")).isEmpty();
    assertThat(function.path("hosts").asInt()).isEqualTo(3);
    assertThat(function.path("simulated_hosts").asInt()).isEqualTo(2);
    List<JsonNode> models = models();
    assertThat(function.path("default_enough_on").asLong())
        .isEqualTo(
            Stream.of(models.get(0), models.get(1), plan("plan", hosts.resolve("web.txt")))
                .filter(one -> one.at("/recommendation/verdict").asText().equals("keep_default"))
                .count());
    long calls = models.stream().mapToLong(model -> model.path("calls").asLong()).sum();
    JsonNode recorded = plan("plan", hosts.resolve("web.txt"));
    assertThat(function.path("simulated_calls").asLong()).isEqualTo(calls);
    assertThat(function.path("curve").size()).isGreaterThan(5);
    for (JsonNode point : function.path("curve")) {
      int pool = point.path("maxactive").asInt();
      long missed = models.stream().mapToLong(model -> missed(model, pool)).sum();
      assertThat(point.path("simulated_missed").asLong()).isEqualTo(missed);
      assertThat(point.path("simulated_calls").asLong()).isEqualTo(calls);
      assertThat(point.path("missed").asLong()).isEqualTo(missed(recorded, pool));
      assertThat(point.path("calls").asLong()).isEqualTo(recorded.path("calls").asLong());
      long over =
          models.stream().filter(model -> ratio(model, pool) > 1e-4).count()
              + (ratio(recorded, pool) > 1e-4 ? 1 : 0);
      assertThat(point.path("hosts_over_target").asLong()).isEqualTo(over);
    }
  }

  private static long missed(JsonNode plan, int pool) {
    JsonNode curve = plan.path("curve");
    return pool > curve.size() ? 0 : curve.get(pool - 1).path("missed").asLong();
  }

  private static double ratio(JsonNode plan, int pool) {
    JsonNode curve = plan.path("curve");
    return pool > curve.size() ? 0 : curve.get(pool - 1).path("miss_ratio").asDouble();
  }

  @Test
  void theTimeBetweenSnapshotsTellsWhatIsMissedADay() throws IOException {
    Files.delete(hosts.resolve("web.txt"));
    Files.delete(hosts.resolve("app.hist.txt"));
    String row = "host,maxactive,seconds,possible_cpus,kernel\ndb,6,%s,4,6.1\n";
    JsonNode unknown = json("fleet", hosts, "--hosts", table(row.formatted("")));
    assertThat(unknown.at("/functions/0/misses_per_day/default").isNull()).isTrue();
    JsonNode hour = json("fleet", hosts, "--hosts", table(row.formatted("3600")));
    JsonNode model = counted();
    assertThat(hour.at("/functions/0/misses_per_day/default").asDouble())
        .isEqualTo(24 * 90_100 * ratio(model, 10), offset(1e-3));
    assertThat(hour.at("/functions/0/memory_bytes/all").isNumber()).isTrue();
  }

  @Test
  void whatIsMissedADayIsNotKnownWhereNobodySaysHowLongWasLooked() throws IOException {
    Files.delete(hosts.resolve("app.hist.txt"));
    Path table = table("host,maxactive,possible_cpus,kernel\ndb,6,4,6.1\nweb,,4,6.1\n");
    JsonNode both = json("fleet", hosts, "--hosts", table).at("/functions/0");
    assertThat(both.path("span_unknown_on").asInt()).isEqualTo(1);
    JsonNode web = json("fleet", hosts.resolve("web.txt"), "--hosts", table).at("/functions/0");
    assertThat(web.path("span_unknown_on").asInt()).isZero();
    assertThat(web.at("/misses_per_day/cover").isNumber()).isTrue();
    for (JsonNode point : web.path("curve")) {
      int at = point.path("maxactive").asInt() - 1;
      assertThat(both.path("curve").path(at).path("misses_per_day"))
          .isEqualTo(point.path("misses_per_day"));
    }
    Path html = folder.resolve("fleet.html");
    String table2 = ConsoleRun.of("fleet", hosts, "--hosts", table, "--html", html).out();
    String left = "on 1 host it is not known how long was looked; misses a day are without it";
    assertThat(table2).contains("vfs_read: " + left);
    assertThat(html).content().contains(left);
    assertThat(ConsoleRun.of("fleet", hosts, "--hosts", table, "--out", "markdown").out())
        .contains(left);
  }

  @Test
  void nothingIsSaidOfADayWhereNoHostTellsHowLongWasLooked() throws IOException {
    Files.delete(hosts.resolve("web.txt"));
    Files.delete(hosts.resolve("app.hist.txt"));
    Path table = table("host,maxactive,possible_cpus,kernel\ndb,6,4,6.1\n");
    Object[] asked = {"fleet", hosts, "--hosts", table};
    JsonNode function = json(asked).at("/functions/0");
    assertThat(function.path("misses_per_day")).hasSize(3).allMatch(JsonNode::isNull);
    assertThat(function.findValues("misses_per_day").subList(1, 4)).allMatch(JsonNode::isNull);
    Path rows = folder.resolve("rows.csv");
    Path html = folder.resolve("fleet.html");
    ConsoleRun run =
        ConsoleRun.of("fleet", hosts, "--hosts", table, "--rows", rows, "--html", html);
    assertThat(run.out())
        .containsPattern("vfs_read +1 .* not known +not known")
        .contains("how long was looked is known on no host");
    assertThat(html).content().contains("\"misses_per_day\":null");
    String csv = ConsoleRun.of("fleet", hosts, "--hosts", table, "--out", "csv").out();
    assertThat(csv.lines().findFirst().orElseThrow()).endsWith(",span_unknown_on");
    assertThat(csv.lines().skip(1)).allMatch(row -> row.matches("vfs_read,\\d+,0,0,\\d,,.*,1"));
    List<String> row = Files.readAllLines(rows);
    int span = List.of(row.get(0).split(",")).indexOf("span_ns");
    assertThat(row.get(1).replaceAll("\"[^\"]*\"", "").split(",")[span]).isEmpty();
  }

  @Test
  void aHostIsListedWhereWhatItNeedsIsNotSaid() throws IOException {
    JsonNode fleet = json("fleet", hosts);
    assertThat(fleet.path("failed").findValuesAsText("host")).containsExactly("app", "db");
    assertThat(fleet.at("/failed/0/why").asText())
        .contains("app.hist.txt: tells how long calls of vfs_read took, but not when they came")
        .contains("--hosts FILE.csv, with columns host and rate");
    assertThat(fleet.at("/failed/1/why").asText())
        .contains("say which maxactive was in force on db: --hosts FILE.csv");
  }

  @Test
  void snapshotsThatAreNoPairAreListedWithWhatWasExpected() throws IOException {
    Path table = table("host,maxactive\ndb,6\n");
    Files.delete(hosts.resolve("db.before"));
    JsonNode half = json("fleet", hosts, "--hosts", table);
    assertThat(half.path("failed").findValuesAsText("why"))
        .anyMatch(why -> why.contains("db.after: half a pair of snapshots"));
    Files.move(hosts.resolve("db.after"), hosts.resolve("db.1.txt"));
    Files.copy(hosts.resolve("db.1.txt"), hosts.resolve("db.2.txt"));
    JsonNode unnamed = json("fleet", hosts, "--hosts", table);
    assertThat(unnamed.path("failed").findValuesAsText("why"))
        .anyMatch(why -> why.contains("no pair; expected NAME.before and NAME.after"));
  }

  @Test
  void aHostIsPlannedFromOneKindOfFile() throws IOException {
    Files.writeString(hosts.resolve("db.txt"), HostTraces.of(2));
    JsonNode fleet = json("fleet", hosts, "--hosts", table("host,maxactive\ndb,6\n"));
    assertThat(fleet.path("failed").findValuesAsText("why"))
        .anyMatch(why -> why.contains("of the same host, is") && why.contains("give one of them"));
  }

  @Test
  void whatIsSaidOfHostsWithoutFilesIsTold() throws IOException {
    ConsoleRun run =
        ConsoleRun.of("fleet", hosts, "--hosts", table("host,maxactive\ndbx,6\nq,1\n"));
    assertThat(run.code()).isZero();
    assertThat(run.err())
        .contains("2 hosts of which no file was given; the first is dbx; did you mean db?");
  }

  @Test
  void whatIsKeptOfAHostIsNotUsedWhereSomethingElseIsSaidOfIt() throws IOException {
    Path cache = folder.resolve("cache");
    String row = "host,maxactive\ndb,%d\n";
    json("fleet", hosts, "--cache", cache, "--hosts", table(row.formatted(6)));
    json("fleet", hosts, "--cache", cache, "--hosts", table(row.formatted(6)));
    assertThat(cache.toFile().list()).hasSize(2);
    json("fleet", hosts, "--cache", cache, "--hosts", table(row.formatted(7)));
    assertThat(cache.toFile().list()).hasSize(3);
  }

  @Test
  void aRowOfAFunctionTellsHowLongWasLookedAtItsHost() throws IOException {
    String row = "host,function,maxactive,seconds,kernel\ndb,%s,6,3600,6.1\n";
    JsonNode ofAll = json("fleet", hosts, "--hosts", table(row.formatted("")));
    JsonNode ofOne = json("fleet", hosts, "--hosts", table(row.formatted("vfs_read")));
    assertThat(ofOne.at("/functions/0/misses_per_day"))
        .isEqualTo(ofAll.at("/functions/0/misses_per_day"));
    assertThat(ofOne.at("/functions/0/span_unknown_on").asInt()).isZero();
  }

  @Test
  void aRowOfAFunctionThatIsNotCalledIsToldOf() throws IOException {
    Path table = table("host,function,maxactive,kernel\ndb,,6,6.1\ndb,vfs_raed,7,\nweb,f,5,\n");
    ConsoleRun run = ConsoleRun.of("fleet", hosts, "--hosts", table);
    assertThat(run.err())
        .contains(
            "warning: 2 functions are not called; the first is vfs_raed of db; did you mean vfs_read?");
    assertThat(ConsoleRun.of("fleet", hosts, "--hosts", table, "--function", "vfs_read").err())
        .doesNotContain("not called");
    ConsoleRun only =
        ConsoleRun.of("fleet", hosts, "--hosts", table("host,function,maxactive\ndb,vfs_raed,7\n"));
    assertThat(only.out()).contains("columns host and maxactive; it has a row for vfs_raed");
  }

  @Test
  void nobodyKnowsHowLongAHostOfHoldsWasLookedAt() throws IOException {
    Path table = table("host,maxactive,rate,kernel\napp,,20k/s,\n");
    Path one = hosts.resolve("app.hist.txt");
    JsonNode function = json("fleet", one, "--hosts", table).at("/functions/0");
    JsonNode model = models().get(1);
    assertThat(function.path("span_short_on").asInt()).isZero();
    assertThat(function.path("span_unknown_on").asInt()).isZero();
    assertThat(function.at("/curve/0/misses_per_day").asDouble())
        .isCloseTo(model.at("/curve/0/miss_ratio").asDouble() * 20_000 * 86_400, offset(1e3));
    assertThat(ConsoleRun.of("fleet", one, "--hosts", table).out()).doesNotContain("a minute");
  }
}
