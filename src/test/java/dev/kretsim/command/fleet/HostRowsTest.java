package dev.kretsim.command.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.Readme;
import dev.kretsim.cli.ConsoleRun;
import dev.kretsim.fleet.FleetQueries;
import dev.kretsim.fleet.HostTraces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of each host can be asked by others. */
class HostRowsTest {
  private static final int HOSTS = 9;

  /** The number that the page's query asks about. */
  private static final int POOL = 4;

  @TempDir private Path folder;

  private Path traces;
  private Path rows;

  @BeforeEach
  void plan() throws IOException {
    traces = Files.createDirectories(folder.resolve("traces"));
    for (int host = 0; host < HOSTS; host++) {
      Files.writeString(file(host), HostTraces.of(host));
    }
    Files.writeString(traces.resolve("ill, \"very\".txt"), "no trace at all\n");
    rows = folder.resolve("rows.csv");
    ConsoleRun run = ConsoleRun.of("fleet", traces, "--rows", rows);
    assertThat(run.code()).as(run.err()).isZero();
  }

  private Path file(int host) {
    return traces.resolve("host%02d.txt".formatted(host));
  }

  private List<List<String>> asked(String sql) throws SQLException {
    List<List<String>> answer = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      while (found.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
          row.add(found.getString(column));
        }
        answer.add(row);
      }
    }
    return answer;
  }

  @Test
  void theQueryOfThePageTellsWhichHostsWouldStillMiss() throws IOException, SQLException {
    List<List<String>> expected = new ArrayList<>();
    for (int host = 0; host < HOSTS; host++) {
      ConsoleRun plan = ConsoleRun.of("plan", file(host), "--out", "json");
      JsonNode function = new ObjectMapper().readTree(plan.out()).at("/functions/0");
      JsonNode curve = function.path("curve");
      long missed = curve.size() < POOL ? 0 : curve.get(POOL - 1).path("missed").asLong();
      if (missed > 1e-4 * function.path("calls").asLong()) {
        expected.add(List.of("host%02d".formatted(host), "vfs_read", String.valueOf(missed)));
      }
    }
    assertThat(expected).hasSizeBetween(1, HOSTS - 1);
    assertThat(asked(FleetQueries.of("With DuckDB, from CSV", "hosts.csv", rows)))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void aHostThatCouldNotBePlannedHasARowWithTheReasonAlone() throws SQLException {
    List<List<String>> ill =
        asked("SELECT * FROM read_csv('%s') WHERE why IS NOT NULL".formatted(rows));
    assertThat(ill).hasSize(1);
    assertThat(ill.get(0).get(0)).isEqualTo("ill, \"very\"");
    assertThat(ill.get(0).get(1)).contains("not a trace");
    assertThat(ill.get(0).subList(2, ill.get(0).size())).containsOnlyNulls();
  }

  @Test
  void thePageTellsWhatEachColumnIs() throws IOException {
    String page = Readme.page("fleet.md");
    String table = page.substring(page.indexOf("| `host` | string"));
    List<String> told =
        Pattern.compile("(?m)^\\| `([a-z_]+)` \\| [a-z ]+ \\| ")
            .matcher(table.substring(0, table.indexOf("\n\n")))
            .results()
            .map(row -> row.group(1))
            .toList();
    assertThat(Files.readAllLines(rows).get(0).split(",")).containsExactlyElementsOf(told);
  }
}
