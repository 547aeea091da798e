package dev.kretsim.report.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kretsim.fleet.FleetPlan;
import dev.kretsim.report.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page is one file that needs nothing else, and a browser shows what the fleet needs. */
class HtmlTest {
  private static final Path SCREENSHOTS = Path.of("..", "target", "screenshots");

  private static final FleetPlan PLAN = Fleets.some();
  private static final FleetPlan.Function READ = PLAN.functions().get(1);

  private static Browser browser;

  @TempDir private Path folder;

  @BeforeAll
  static void start(@TempDir Path profile) throws Exception {
    browser = Browser.required(profile);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (browser != null) {
      browser.close();
    }
  }

  /** Opens that page and tells what it complained about. */
  private List<String> opened(String page) throws Exception {
    Path file = folder.resolve("fleet.html");
    Files.writeString(file, page);
    int before = browser.complaints().size();
    browser.show(1280, 900, false);
    browser.open(file);
    List<String> all = browser.complaints();
    return all.subList(before, all.size());
  }

  private void openedWithoutComplaint(FleetPlan plan) throws Exception {
    assertThat(opened(Html.render(plan))).isEmpty();
  }

  @Test
  void thePageAsksNobodyForAnything() {
    String page = Html.render(PLAN);
    assertThat(page).startsWith("<!DOCTYPE html>").contains("uPlot", "vfs_read", "host39");
    assertThat(page)
        .doesNotContain("src=", "/*uplot", "/*page", "/*fleet*/", "@import", "</script><b>");
    assertThat(page.replace("\"http://www.w3.org", "")).doesNotContain("href=\"http");
  }

  @Test
  void aBrowserShowsTheFleetWideAndNarrowInLightAndDark() throws Exception {
    openedWithoutComplaint(PLAN);
    for (int width : new int[] {1280, 400}) {
      for (boolean dark : new boolean[] {false, true}) {
        browser.show(width, 900, dark);
        browser.open(folder.resolve("fleet.html"));
        browser.evaluate("kretsim.choose(1)");
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
            .as("no sideways scrolling at %d", width)
            .isLessThanOrEqualTo(width);
        Files.createDirectories(SCREENSHOTS);
        browser.screenshot(
            SCREENSHOTS.resolve("fleet-" + width + (dark ? "-dark.png" : "-light.png")));
      }
    }
    assertThat(browser.requests()).isNotEmpty().allMatch(url -> url.startsWith("file:"));
  }

  @Test
  void theChartsHoldTheFleetsNumbers() throws Exception {
    openedWithoutComplaint(PLAN);
    browser.evaluate("kretsim.choose(1)");
    browser.evaluate("document.getElementById('log-y').click()");
    assertThat(browser.evaluate("kretsim.charts.curve.scales.y.distr").asInt()).isEqualTo(1);
    JsonNode perDay = browser.evaluate("kretsim.charts.curve.data[1]");
    assertThat(perDay).hasSize(READ.curve().size());
    for (FleetPlan.Point point : READ.curve()) {
      assertThat(perDay.get(point.maxactive() - 1).asDouble()).isEqualTo(point.missesPerDay());
    }
    browser.evaluate("document.getElementById('log-x').click()");
    assertThat(browser.evaluate("kretsim.charts.curve.scales.x.distr").asInt()).isEqualTo(3);
    assertThat(browser.evaluate("kretsim.charts.needs.scales.x.distr").asInt()).isEqualTo(3);
    browser.evaluate(
        "const m = document.getElementById('measure'); m.value = 'hosts_over_target';"
            + " m.dispatchEvent(new Event('change'))");
    JsonNode over = browser.evaluate("kretsim.charts.curve.data[1]");
    for (FleetPlan.Point point : READ.curve()) {
      assertThat(over.get(point.maxactive() - 1).asInt()).isEqualTo(point.hostsOverTarget());
    }
    JsonNode just = browser.evaluate("kretsim.charts.needs.data[1]");
    JsonNode enough = browser.evaluate("kretsim.charts.needs.data[2]");
    for (FleetPlan.Need need : READ.needs()) {
      assertThat(just.get(need.maxactive() - 1).asInt()).isEqualTo(need.hosts());
    }
    assertThat(enough.get(READ.maxactive().all() - 1).asInt()).isEqualTo(READ.hosts());
    assertThat(enough.get(READ.maxactive().median() - 1).asInt())
        .isGreaterThanOrEqualTo((READ.hosts() + 1) / 2);
  }

  @Test
  void anyNumberCanBeTried() throws Exception {
    openedWithoutComplaint(PLAN);
    browser.evaluate("kretsim.choose(1)");
    browser.evaluate(
        "const t = document.getElementById('try'); t.value = 7; t.dispatchEvent(new"
            + " Event('input'))");
    FleetPlan.Point point = READ.curve().get(6);
    assertThat(text("tried"))
        .startsWith("With 7 everywhere, ")
        .contains("(" + point.missed() + " of the ", point.hostsOverTarget() + " hosts miss");
    assertThat(browser.evaluate("document.getElementById('exact').value").asText()).isEqualTo("7");
    tryExactly(5000);
    assertThat(text("tried"))
        .contains("0 calls a day are missed", "of 40 of 40 hosts ask for no more");
    int median = READ.maxactive().median();
    int enough =
        READ.needs().stream()
            .filter(need -> need.maxactive() <= median)
            .mapToInt(FleetPlan.Need::hosts)
            .sum();
    tryExactly(median);
    assertThat(text("tried")).contains("the plans of " + enough + " of 40 hosts ask for no more");
  }

  private static void tryExactly(int number) throws Exception {
    browser.evaluate(
        "{ const e = document.getElementById('exact'); e.value = %d; e.dispatchEvent(new"
                .formatted(number)
            + " Event('input')); }");
  }

  @Test
  void whoStandsOutAndWhoFailedIsSaidWithTheReason() throws Exception {
    openedWithoutComplaint(PLAN);
    browser.evaluate("kretsim.choose(1)");
    assertThat(text("outliers")).contains("host39", "90", "its rate is 50.0 times");
    assertThat(text("failed")).contains("ill", "</script><b>|", "shorn");
    assertThat(text("default")).contains("not known on " + Fleets.UNKNOWN);
    assertThat(browser.evaluate("document.querySelectorAll('b').length").asInt()).isEqualTo(1);
  }

  @Test
  void remarksThatDifferInNumbersAloneAreOneWithTheFirstHost() throws Exception {
    openedWithoutComplaint(PLAN);
    assertThat(text("remarks"))
        .isEqualTo(
            "13 hosts, the first is host01: warning: vfs_read: 1 of 1000 returns are missing");
    openedWithoutComplaint(Fleets.idle());
    assertThat(browser.evaluate("document.getElementById('remarked').hidden").asBoolean()).isTrue();
  }

  @Test
  void hostsThatRecordedLittleAreNamed() throws Exception {
    openedWithoutComplaint(PLAN);
    assertThat(text("short-note")).startsWith("Too little was recorded on 20 hosts");
    assertThat(text("short")).contains("host02").doesNotContain("host01");
    assertThat(text("notes")).contains("2 would be enough on every host");
    browser.evaluate("kretsim.choose(1)");
    assertThat(browser.evaluate("document.getElementById('shorts').hidden").asBoolean()).isTrue();
  }

  @Test
  void theBarOfOneHostAmongManyIsSeenOnANarrowScreen() throws Exception {
    openedWithoutComplaint(Fleets.lopsided());
    browser.show(400, 900, false);
    browser.open(folder.resolve("fleet.html"));
    assertThat(isMainColour(30)).as("where one host is").isTrue();
    assertThat(isMainColour(20)).as("where none is").isFalse();
  }

  /** Whether the chart of needs has that colour just above the axis. */
  private static boolean isMainColour(int maxactive) throws Exception {
    return browser
        .evaluate(
            """
            (() => {
              const u = kretsim.charts.needs, px = devicePixelRatio;
              const main = getComputedStyle(document.documentElement).getPropertyValue("--main").trim();
              const x = Math.round(u.valToPos(%d, "x", true)), y = u.bbox.top + u.bbox.height - 2 * px;
              const [r, g, b, a] = u.ctx.getImageData(x, Math.round(y), 1, 1).data;
              const hex = [r, g, b].map(v => v.toString(16).padStart(2, "0")).join("");
              return a === 255 && main.toLowerCase() === "#" + hex;
            })()
            """
                .formatted(maxactive))
        .asBoolean();
  }

  @Test
  void allNumbersThatAreRecommendedAreOnTheAxes() throws Exception {
    for (FleetPlan plan : List.of(PLAN, Fleets.idle(), Fleets.lopsided())) {
      openedWithoutComplaint(plan);
      for (int function = 0; function < plan.functions().size(); function++) {
        browser.evaluate("kretsim.choose(" + function + ")");
        for (String chart : List.of("curve", "needs")) {
          assertThat(browser.evaluate("kretsim.charts." + chart + ".scales.x.max").asDouble())
              .isGreaterThanOrEqualTo(plan.functions().get(function).maxactive().all());
        }
      }
    }
  }

  @Test
  void whereNoDaysAreKnownTheRecordedCallsAreShown() throws Exception {
    openedWithoutComplaint(Fleets.undated());
    assertThat(browser.evaluate("document.getElementById('measure').value").asText())
        .isEqualTo("missed");
    assertThat(text("tried"))
        .startsWith("With 7 everywhere, none of the 2000 recorded are missed. 0 hosts miss");
    assertThat(text("notes")).contains("How long was looked is known on no host");
  }

  @Test
  void functionsAreChosenWithTheKeyboard() throws Exception {
    openedWithoutComplaint(PLAN);
    String before = text("name");
    browser.evaluate(
        "const r = document.querySelectorAll('#functions-table tbody tr')[1]; r.focus();"
            + " r.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}))");
    assertThat(text("name")).isEqualTo("vfs_read").isNotEqualTo(before);
    assertThat(browser.evaluate("document.activeElement.tagName").asText()).isEqualTo("TR");
    assertThat(browser.evaluate("kretsim.tried()").asInt()).isEqualTo(READ.maxactive().cover());
  }

  @Test
  void aFleetThatMissesNothingIsShownToo() throws Exception {
    openedWithoutComplaint(Fleets.idle());
    assertThat(text("answer")).isEqualTo("maxactive = 1");
    assertThat(text("default")).contains("not known on 1");
    assertThat(text("default")).doesNotContain("missed a day");
    assertThat(text("outliers-note")).startsWith("None");
    assertThat(browser.evaluate("document.getElementById('failures').hidden").asBoolean()).isTrue();
  }

  @Test
  void ofAThousandHostsTheFirstAreNamedAndAllAreCounted() throws Exception {
    FleetPlan crowd = Fleets.crowd();
    openedWithoutComplaint(crowd);
    String rest = " Shown are the first 200; --out json has all of them.";
    assertThat(text("outliers-note")).startsWith("1000 hosts need much more").endsWith(rest);
    assertThat(text("short-note")).contains("recorded on 1000 hosts").endsWith(rest);
    assertThat(text("failed-note")).startsWith("1000 hosts of 3000").endsWith(rest);
    assertThat(text("functions-table")).contains("1000");
    String some = Html.render(PLAN);
    assertThat(Html.render(crowd)).hasSizeLessThan(some.length() + 100_000);
  }

  @Test
  void aPageThatDoesNotWorkIsNoticed() throws Exception {
    String page = Html.render(PLAN);
    String broken = page.replace("choose(0);", "choose(99);");
    assertThat(broken).isNotEqualTo(page);
    assertThat(opened(broken)).isNotEmpty();
  }

  private static String text(String id) throws Exception {
    return browser.evaluate("document.getElementById('" + id + "').textContent").asText();
  }
}
