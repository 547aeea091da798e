package dev.kretsim.report.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a terminal and a pull request show of a fleet, nothing important left out. */
class TextTest {
  @Test
  void theTableSaysWhereTheDefaultIsNotKnownWhoStandsOutAndWhoFailed() {
    String table = Text.table(Fleets.some());
    assertThat(table)
        .startsWith("42 hosts, 2 of them could not be planned; at most 0.01 % of a host's calls")
        .contains("vfs_read: on 3 hosts the default is not known; what is missed by default is")
        .contains("do_nanosleep<b>: 2 would be enough on every host; 16 is the default of a kernel")
        .contains(
            "do_nanosleep<b>: on 20 hosts too little was recorded to show that at most 0.01 %")
        .contains("host39 needs 90 for vfs_read: its rate is 50.0 times the median")
        .contains("shorn could not be planned: shorn.gz: ends in the middle");
    assertThat(Text.table(Fleets.idle()))
        .contains("f: the default is known on no host.", "not known")
        .doesNotContain("could not be planned", "needs");
  }

  @Test
  void daysThatRestOnLessThanAMinuteAreSaidToDoSo() {
    String brief = "less than a minute was recorded; misses a day are that, repeated all day long";
    assertThat(Text.table(Fleets.brief())).contains("f: on 1 host " + brief);
    assertThat(Json.render(Fleets.brief())).contains("\"span_short_on\" : 1");
    assertThat(Text.table(Fleets.some())).doesNotContain("a minute");
    assertThat(Text.table(Fleets.undated())).doesNotContain("a minute");
  }

  @Test
  void markdownFoldsWhoStandsOutAndWhoFailed() {
    String text = Markdown.render(Fleets.some());
    assertThat(text)
        .contains("| host | needs | why |", "| vfs_read | host39 | 90 | its rate is 50.0 times")
        .contains("<details><summary>Hosts that stand out (1)</summary>")
        .contains("<details><summary>Hosts that recorded little (20)</summary>")
        .contains("<details><summary>Hosts that could not be planned (2)</summary>")
        .contains("- vfs_read: on 3 hosts the default is not known");
    assertThat(text.split("<details>", -1)).hasSameSizeAs(text.split("</details>", -1));
    assertThat(Markdown.render(Fleets.idle())).doesNotContain("stand out", "could not be planned");
  }

  @Test
  void namesInMarkdownNeitherEndCellsNorBeginTags() {
    String text = Markdown.render(Fleets.some());
    assertThat(text).contains("&lt;/script>&lt;b>\\|").doesNotContain("<b>", "</script>");
    text.lines()
        .filter(line -> line.startsWith("| ill"))
        .forEach(line -> assertThat(line.replace("\\|", "").split("\\|", -1)).hasSize(4));
  }
}
