package dev.kretsim.planted;

import dev.kretsim.Readme;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The matrix as the README of the stress tests shows it. */
final class ReadmeTable {
  private static final String BEGIN = "<!-- planted bugs -->\n";
  private static final String END = "<!-- end of planted bugs -->";
  private static final Pattern TIME = Pattern.compile("\\d+ ms|\\d+\\.\\d s");

  private final Map<String, List<String>> cells = new LinkedHashMap<>();

  ReadmeTable() throws IOException {
    String readme = Files.readString(Readme.top().resolve("stress-tests/README.md"));
    String table = readme.substring(readme.indexOf(BEGIN) + BEGIN.length(), readme.indexOf(END));
    table
        .lines()
        .filter(line -> line.startsWith("| "))
        .skip(2)
        .map(line -> Stream.of(line.split("\\|")).skip(1).map(String::strip).toList())
        .filter(row -> !row.get(0).startsWith("**"))
        .forEach(row -> cells.put(row.get(0), row.subList(1, row.size())));
  }

  /** The rows' names, in order; those of groups are left out. */
  List<String> names() {
    return List.copyOf(cells.keySet());
  }

  /** Whether a time stands there. */
  boolean found(Suspect suspect, Evidence by) {
    List<String> row = cells.getOrDefault(suspect.name(), List.of());
    return by.ordinal() < row.size() && TIME.matcher(row.get(by.ordinal())).matches();
  }
}
