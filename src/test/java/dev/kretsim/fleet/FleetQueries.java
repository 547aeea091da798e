package dev.kretsim.fleet;

import dev.kretsim.Readme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The queries that the page on fleets shows. */
public final class FleetQueries {
  private FleetQueries() {}

  /** The one after that heading, asked of these rows instead of those that the page shows. */
  public static String of(String heading, String shown, Path rows) throws IOException {
    String page = Readme.page("fleet.md");
    Matcher query =
        Pattern.compile("### " + heading + "\n.*?```sql\n(.*?)```", Pattern.DOTALL).matcher(page);
    if (!query.find()) {
      throw new AssertionError("no query after " + heading);
    }
    String sql = query.group(1);
    if (!sql.contains(shown)) {
      throw new AssertionError("rows are read from elsewhere: " + sql);
    }
    return sql.replace(shown, rows.toString());
  }
}
