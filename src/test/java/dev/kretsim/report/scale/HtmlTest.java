package dev.kretsim.report.scale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.pool.PoolDesigns;
import dev.kretsim.report.Browser;
import dev.kretsim.scale.Machines;
import dev.kretsim.scale.Placement;
import dev.kretsim.scale.Published;
import dev.kretsim.scale.Study;
import dev.kretsim.scale.Study.Estimate;
import dev.kretsim.scale.Workload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page is one file that needs nothing else, and a browser shows what was simulated. */
class HtmlTest {
  /** Where CI sets this, a missing browser is a failure and not a skipped test. */
  private static final Path SCREENSHOTS = Path.of("..", "target", "screenshots");

  private static final Study STUDY =
      new Study(Machines.of("xeon8260"), Workload.hits(880), LockDesigns.QUEUED, 96, 1);

  private static final List<Estimate> ESTIMATES =
      STUDY.of(
          List.of(PoolDesigns.HLIST, PoolDesigns.FREELIST, PoolDesigns.OBJPOOL),
          List.of(Placement.COMPACT, Placement.SPREAD),
          List.of(1, 4, 16));

  @TempDir private Path folder;

  private static String page() throws IOException {
    try (InputStream in = HtmlTest.class.getResourceAsStream("/scale/published.json")) {
      String json = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return Html.render(STUDY, ESTIMATES, Published.read("published.json", json).series());
    }
  }

  @Test
  void thePageAsksNobodyForAnything() throws IOException {
    String page = page();
    assertThat(page).startsWith("<!DOCTYPE html>").contains("uPlot", "\"id\":\"krp.xeon8260");
    assertThat(page).doesNotContain("src=", "/*uplot", "/*scale*/", "@import", "krp.kunpeng");
    assertThat(page).as("hits and bare loops are not alike").doesNotContain("\"id\":\"raw.");
    assertThat(page.replace("\"http://www.w3.org", "")).doesNotContain("href=\"http");
  }

  @Test
  void aBrowserShowsAllPoolsAndWhatIsUnvalidatedApart() throws Exception {
    Path file = folder.resolve("scale.html");
    Files.writeString(file, page());
    try (Browser browser = Browser.required(folder.resolve("profile"))) {
      for (int width : new int[] {1280, 400}) {
        for (boolean dark : new boolean[] {false, true}) {
          browser.show(width, 900, dark);
          browser.open(file);
          assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
              .as("no sideways scrolling at %d", width)
              .isLessThanOrEqualTo(width);
          Files.createDirectories(SCREENSHOTS);
          browser.screenshot(
              SCREENSHOTS.resolve("scale-" + width + (dark ? "-dark.png" : "-light.png")));
        }
      }
      JsonNode labels = browser.evaluate("kretsim.charts.chart.series.map(s => s.label)");
      assertThat(labels.toString())
          .contains("\"hlist (unvalidated)\"", "\"freelist\"", "\"objpool\"");
      JsonNode freelist = browser.evaluate("kretsim.charts.chart.data[4]");
      JsonNode threads = browser.evaluate("kretsim.charts.chart.data[0]");
      for (Estimate estimate : ESTIMATES) {
        if (estimate.point().pool().equals("freelist")
            && estimate.point().placement() == Placement.SPREAD) {
          int at = 0;
          while (threads.get(at).asInt() != estimate.point().threads()) {
            at++;
          }
          assertThat(freelist.get(at).asDouble()).isEqualTo(estimate.point().opsPerSecond());
        }
      }
      browser.evaluate("document.querySelector('#pools input').click()");
      assertThat(browser.evaluate("kretsim.charts.chart.series[1].show").asBoolean()).isFalse();
      browser.evaluate("document.getElementById('log-y').click()");
      assertThat(browser.evaluate("kretsim.charts.chart.scales.y.distr").asInt()).isEqualTo(1);
      assertThat(browser.evaluate("document.querySelectorAll('#table tbody tr').length").asInt())
          .isEqualTo(ESTIMATES.size());
      assertThat(browser.complaints()).isEmpty();
      assertThat(browser.requests()).isNotEmpty().allMatch(url -> url.startsWith("file:"));
    }
  }
}
