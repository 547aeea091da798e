package dev.kretsim.cli.spark;

import dev.kretsim.Readme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The queries that the page on fleets shows. */
final class FleetQueries {
  private FleetQueries() {}

  /** The one after that heading, asked of these rows instead of those of the page. */
  static String of(String heading, Path rows) throws IOException {
    String page = Readme.page("fleet.md");
    Matcher query =
        Pattern.compile("### " + heading + "\n.*?```sql\n(.*?)```", Pattern.DOTALL).matcher(page);
    if (!query.find()) {
      throw new AssertionError("no query after " + heading);
    }
    String sql = query.group(1);
    if (!sql.contains("fleet-out/rows")) {
      throw new AssertionError("rows are read from elsewhere: " + sql);
    }
    return sql.replace("fleet-out/rows", rows.toString());
  }
}
