package dev.kretsim.report.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.Readme;
import dev.kretsim.scale.Published;
import dev.kretsim.scale.Validation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The page about the scale model says how far off it is as the command does. To make the table
 * anew: {@code mvn test -pl src -Dtest=ValidationReportTest -Dkretsim.write-docs=true}.
 */
class ValidationReportTest {
  private static final String BEGIN = "<!-- validation -->\n";
  private static final String END = "<!-- end of validation -->";

  @Test
  void thePageHasTheTableThatTheCommandPrints() throws IOException {
    List<Validation.Outcome> outcomes;
    try (InputStream in = ValidationReportTest.class.getResourceAsStream("/scale/published.json")) {
      String json = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      outcomes = new Validation(1).of(Published.read("published.json", json).series());
    }
    String table = ValidationReport.summary(outcomes);
    assertThat(ValidationReport.text(1, outcomes)).contains(table);
    assertThat(outcomes).allMatch(outcome -> outcome.medianError().orElse(0) <= 0.15);
    Validation.Order order = Validation.order(outcomes);
    assertThat(order.pairs()).isGreaterThan(10);
    assertThat(order.right()).isEqualTo(order.pairs());
    String page = Readme.page("scale.md");
    int from = page.indexOf(BEGIN) + BEGIN.length();
    int to = page.indexOf(END);
    assertThat(from).isGreaterThan(BEGIN.length()).isLessThanOrEqualTo(to);
    if (Boolean.getBoolean("kretsim.write-docs")) {
      Path file = Readme.top().resolve("src/site/markdown/scale.md");
      Files.writeString(file, page.substring(0, from) + table + page.substring(to));
    } else {
      assertThat(page.substring(from, to)).isEqualTo(table);
    }
  }
}
