package dev.kretsim.paste;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjLongConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What terminals, mails, pages and editors make of a text is taken back, and nothing else. */
class PastedTextTest {
  private static final ObjLongConsumer<String> IGNORED = (reason, line) -> {};

  private static final List<String> EVENTS =
      List.of(
          "# tracer: nop",
          "#",
          "          <idle>-0       [000] ....1   100.000100: ain: (fn_a+0x4/0x90)",
          "          wk-101     [000] ....1   100.000200: aout: (fn_caller+0x20/0x40 <- fn_a)",
          "          a b&c-102  [001] d.h.1   100.000300: ain: (fn_a+0x4/0x90) path=\"x\"");
  private static final List<String> GRAPH =
      List.of(
          "# tracer: function_graph",
          "#",
          "  10.000100 |   0)    wk-101   |               |  a_long_function_name() {",
          "  10.000120 |   0)    wk-101   | ! 100.000 us  |    leaf(from=1, to=2); /* ret=0x0 */",
          "  10.000150 |   0)    wk-101   | + 50.000 us   |  } /* a_long_function_name */");
  private static final List<String> PERF =
      List.of(
          "            wk   101 [003] 100.000100: probe:fn_a: (ffffffff81200000)",
          "            wk   101 [003] 100.000200: probe:fn_a__return: (ffffffff81200000 <-"
              + " ffffffff81300000)");
  private static final List<String> BPFTRACE =
      List.of(
          "Attaching 2 probes...",
          "@us[fn_a]:",
          "[4, 8)                10 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|",
          "[8, 16)                5 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |");

  static Stream<List<String>> texts() {
    return Stream.of(EVENTS, GRAPH, PERF, BPFTRACE);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aTextAsItsToolPrintedItGoesThroughUntouched(List<String> lines) throws IOException {
    String text = joined(lines);
    List<String> leftOut = new ArrayList<>();
    InputStream in = PastedText.of(bytes(text), (reason, line) -> leftOut.add(reason));
    assertThat(in).isNotInstanceOf(PastedText.class);
    assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)).isEqualTo(text);
    assertThat(leftOut).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void quotesOfMailsAreTakenOff(List<String> lines) throws IOException {
    assertSame(lines, each(lines, line -> "> " + line));
    assertSame(lines, each(lines, line -> ">> " + line));
    assertSame(lines, each(lines, line -> "> > " + line));
    assertSame(lines, each(lines, line -> line.startsWith(" ") ? "> " + line : ">" + line));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void entitiesAndTagsOfPagesAreRead(List<String> lines) throws IOException {
    UnaryOperator<String> escaped =
        line -> line.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    assertSame(lines, "<pre>" + each(lines, escaped) + "</pre>\n");
    assertSame(lines, "<pre><code>\n" + each(lines, escaped) + "</code></pre>\n");
    assertSame(
        lines,
        "<!DOCTYPE html>\n<html><body><p>See this:</p>\n<pre class='x'>\n"
            + each(lines, escaped)
            + "</pre>\n<p>done</p></body></html>\n");
    assertSame(lines, each(lines, line -> escaped.apply(line) + "<br/>"));
    assertSame(
        lines,
        each(lines, line -> "<span>" + escaped.apply(line).replace(" ", "&nbsp;") + "</span>"));
    assertSame(lines, String.join("<br>", lines.stream().map(escaped).toList()) + "<br>\n");
    assertSame(lines, each(lines, line -> escaped.apply(escaped.apply(line))));
    assertSame(lines, each(lines, line -> line.replace("<", "&#60;").replace("[", "&#x5B;")));
    assertSame(lines, each(lines, line -> line.replace("(", "&lpar;").replace("<-", "&lt-")));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void whatTerminalsAddIsTakenOff(List<String> lines) throws IOException {
    assertSame(lines, each(lines, line -> "\u001b[01;32m\u001b[K" + line + "\u001b[m"));
    assertSame(lines, "\u001b]0;root@box\u0007root@box:~# cat trace\n" + joined(lines));
    assertSame(lines, each(lines, line -> line + "\r\r"));
    assertSame(lines, each(lines, line -> "x\b" + line));
    assertSame(lines, joined(lines) + "^C\n");
    assertSame(lines, "$ sudo cat trace\n" + joined(lines) + "me@box:~/a b$ ");
    assertSame(lines, "[me@box tracing]$ cat trace\n" + joined(lines) + "[me@box tracing]$");
  }

  @ParameterizedTest
  @MethodSource("texts")
  void whatIssuesAndManualsAddIsTakenOff(List<String> lines) throws IOException {
    assertSame(lines, "```\n" + joined(lines) + "```\n");
    assertSame(lines, "```" + joined(lines).stripTrailing() + "```\n");
    assertSame(lines, "```" + joined(lines) + "```\n");
    assertSame(lines, "Here it is:\n\n~~~text\n" + joined(lines) + "~~~\n\nWhat now?\n");
    assertSame(lines, each(lines, line -> line.replace(" ", "\u00a0")));
    assertSame(lines, each(lines, line -> line.replace(" ", "\u2009")));
    assertSame(lines, each(lines, line -> line.replace("<-", "\u2190")));
    assertSame(lines, each(lines, line -> line.replace("<-", "\u21d0")));
    assertSame(lines, each(lines, line -> line.replace("-", "\u2011")));
    assertSame(lines, each(lines, line -> line.replace("|", "\u2502")));
    assertSame(lines, "a\\_b\n" + each(lines, line -> line.replaceAll("[_<(]", "\\\\$0")), "a_b");
  }

  @ParameterizedTest
  @MethodSource("texts")
  void charactersAsWideAsTwoAreThoseOfAscii(List<String> lines) throws IOException {
    assertSame(lines, each(lines, line -> wide(line, ":()[]|;{}=")));
    assertSame(lines, each(lines, line -> wide(line, "<>-+.,/")));
    assertSame(lines, each(lines, line -> wide(line, "0123456789abcxyzABCXYZ")));
  }

  private static String wide(String line, String which) {
    return line.chars()
        .map(c -> which.indexOf(c) < 0 ? c : c + 0xfee0)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void aLineOfWhichNothingIsLeftBehindTheStampGoesOnHoweverShortItIs() throws IOException {
    assertSame(
        List.of("a 7 [016] 1.000001: probe:f: (ffffffff81200000)"),
        "a 7 [016] 1.000001: \nprobe:f: (ffffffff81200000)\n");
    assertSame(
        List.of("a-7 [016] 1.000001: funcgraph_entry: |  f() {"),
        "a-7 [016] 1.000001:\nfuncgraph_entry: |  f() {\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"    ", "\t", "  "})
  void anIndentBeforeAHeaderIsTakenOffEveryLine(String indent) throws IOException {
    assertSame(EVENTS, each(EVENTS, line -> indent + line));
    assertSame(BPFTRACE, each(BPFTRACE, line -> indent + line));
  }

  @ParameterizedTest
  @ValueSource(ints = {72, 76, 80})
  void linesThatWereBrokenAreWholeAgain(int columns) throws IOException {
    for (List<String> lines : List.of(EVENTS, GRAPH, PERF)) {
      assertSame(lines, each(lines, line -> chopped(line, columns)));
      assertSame(lines, each(lines, line -> filled(line, columns)));
      assertSame(lines, each(lines, line -> filled("> " + line, columns)));
    }
  }

  @Test
  void aLineKeepsItsNumber() throws IOException {
    String text =
        "root@box:~# cat trace\n"
            + chopped(EVENTS.get(3), 80)
            + "\nroot@box:~# \n"
            + EVENTS.get(2)
            + "\n";
    assertThat(read(text, IGNORED).split("\n", -1))
        .containsExactly("# cat trace", EVENTS.get(3), "", "# ", EVENTS.get(2), "");
  }

  @Test
  void whatIsLeftOutIsCountedByReason() throws IOException {
    List<String> leftOut = new ArrayList<>();
    read(
        "root@box:~# cat trace\n" + joined(EVENTS) + "root@box:~# ",
        (reason, line) -> leftOut.add(line + " " + reason));
    assertThat(leftOut).containsExactly("1 a shell's prompt", "7 a shell's prompt");
  }

  @Test
  void theTraceInAPageOfSystraceIsReadAndNothingElseOfIt() throws IOException {
    String data = joined(EVENTS);
    String page =
        "<!DOCTYPE html>\n<html><head><script>\n"
            + "var x = 1; // <- fn_a\n".repeat(20_000)
            + "</script></head>\n"
            + "<script class=\"trace-data\" type=\"application/text\">\n"
            + data
            + "</script>\n</html>\n";
    assertSame(EVENTS, page);
    assertSame(
        EVENTS,
        "<!DOCTYPE HTML>\n<html><script>\nvar linuxPerfData = \"\\\n"
            + each(EVENTS, line -> line + "\\n\\")
            + "\";\n</script></html>\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTF-16",
        "UTF-16LE",
        "UTF-16BE",
        "UTF-32",
        "UTF-32LE",
        "UTF-32BE",
        "X-UTF-32LE-BOM",
        "X-UTF-32BE-BOM"
      })
  void wideCharactersAsSomeShellsWriteThemAreRead(String encoding) throws IOException {
    byte[] bytes = joined(EVENTS).getBytes(Charset.forName(encoding));
    InputStream in = PastedText.of(new ByteArrayInputStream(bytes), IGNORED);
    assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(joined(EVENTS));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aStringOfJsonIsTheText(List<String> lines) throws IOException {
    String string =
        joined(lines)
            .replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\t", "\\t");
    assertSame(lines, "\"" + string + "\"\n");
    assertSame(lines, "{\"command\":\"cat\\n\", \"out\": \"" + string + "\", \"code\":0}", "cat");
    assertSame(lines, "[\n  {\n    \"out\": \"" + string + "\"\n  }\n]\n");
    assertSame(lines, "[\"" + string.replace("<", "\\u003c").replace("/", "\\/") + "\"]\n");
  }

  @Test
  void severalLinesOnOneAreTakenApart() throws IOException {
    for (List<String> lines : List.of(EVENTS.subList(2, 4), GRAPH.subList(2, 5), PERF)) {
      assertThat(read(String.join(" ", lines) + "\n", IGNORED).lines().map(String::strip))
          .containsExactlyElementsOf(lines.stream().map(String::strip).toList());
    }
    String filled = String.join(" ", GRAPH.subList(2, 5)).replaceAll(" +", " ");
    assertThat(read(filled + "\n", IGNORED).lines())
        .hasSize(3)
        .allMatch(line -> line.matches(" ?[\\d.]+ \\| 0\\) wk-101 \\|.*\\| \\S.*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"   |   ", "   >  ", "\t\t|\t"})
  void tracesSideBySideAreRefused(String between) {
    for (List<String> lines : List.of(EVENTS.subList(2, 5), GRAPH.subList(2, 5))) {
      String both = each(lines, line -> line + between + line);
      assertThatThrownBy(() -> read(both, IGNORED)).hasMessageContaining("side by side");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  UVM global queu-1234    [000] ....   100.000100: ain: (fn_a+0x0/0x10)",
        "  a b-c [0] (d)-7    [000] ....   100.000300: ain: (fn_a+0x0/0x10)",
        "  sh-7 [000] d...   100.000150: sched_switch: prev_comm=a-1 prev_pid=7 ==> next_comm=b",
        "  10.000150 |   0)   a | b-101   | + 50.000 us   |  } /* 0) fn_a */",
      })
  void aNameWithBlanksIsNoSecondLine(String line) throws IOException {
    assertThat(read(joined(List.of(line, line, line)), IGNORED))
        .isEqualTo(joined(List.of(line, line, line)));
  }

  @Test
  void commasForPointsAreReadWhereStampsHaveThem() throws IOException {
    for (List<String> lines : List.of(EVENTS, GRAPH)) {
      assertSame(lines, each(lines, line -> line.replaceAll("(\\d)\\.(\\d{3})", "$1,$2")));
    }
    String points = joined(GRAPH).replace("100.000 us", "1,100 us");
    assertThat(read(points, IGNORED)).isEqualTo(points);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void commentsOfAScriptAreTheText(List<String> lines) throws IOException {
    assertSame(lines, "perf trace\n\n" + each(lines, PastedTextTest::asComment), "perf trace");
  }

  private static String asComment(String line) {
    boolean heading = line.startsWith("#") || line.startsWith("Attaching");
    return heading ? line : "# " + line;
  }

  @Test
  void aBlankOfOneByteIsOneOnlyWhereNoOtherCharacterIsBegun() throws IOException {
    byte[] old = "fn_a\u00a0\u00a0x\n".getBytes(StandardCharsets.ISO_8859_1);
    InputStream in = PastedText.of(new ByteArrayInputStream(old), IGNORED);
    assertThat(in.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("fn_a  x\n");
    assertThat(read("caf\u00e0-1\u2190x\n", IGNORED)).isEqualTo("caf\u00e0-1<-x\n");
  }

  @Test
  void stacksUnderAnEventAreNoBrokenLines() throws IOException {
    String text =
        PERF.get(0)
            + "\n\tffffffff81200001 fn_a+0x1 ([kernel.kallsyms])\n\n"
            + EVENTS.get(2)
            + "\n => fn_b\n => fn_c\n";
    assertThat(PastedText.of(bytes(text), IGNORED)).isNotInstanceOf(PastedText.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 1000})
  void linesThatStandOnOneAreTakenApartWhereverTheyFirstDo(int before) throws IOException {
    for (List<String> lines : List.of(EVENTS.subList(2, 4), GRAPH.subList(2, 5), PERF)) {
      String many = (lines.get(0) + "\n").repeat(before);
      String one = String.join(" ", lines) + "\n";
      assertThat(read(many + one, IGNORED).lines().map(String::strip).skip(before))
          .containsExactlyElementsOf(lines.stream().map(String::strip).toList());
    }
  }

  @Test
  void whatChangesBetweenTwoLooksIsLookedAtAnew() throws IOException {
    PastedText.Beginning beginning = new PastedText.Beginning();
    String plain = String.join("\n", EVENTS) + "\n";
    String quoted = "> " + String.join("\n> ", EVENTS) + "\n";
    for (String text : List.of(plain, plain, quoted, quoted, plain, quoted)) {
      InputStream in = PastedText.of(bytes(text), beginning, IGNORED);
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(plain);
    }
  }

  private static void assertSame(List<String> lines, String pasted) throws IOException {
    assertSame(lines, pasted, "");
  }

  private static void assertSame(List<String> lines, String pasted, String besides)
      throws IOException {
    assertThat(
            Arrays.stream(read(pasted, IGNORED).split("\n"))
                .filter(line -> besides.isEmpty() || !line.equals(besides))
                .filter(
                    line ->
                        !line.isBlank() && !line.matches("#\\s*(?:\\S* ?cat trace.*)?|# sudo.*"))
                .map(String::stripTrailing))
        .containsExactlyElementsOf(lines.stream().filter(line -> !line.equals("#")).toList());
  }

  private static String read(String text, ObjLongConsumer<String> leftOut) throws IOException {
    return new String(PastedText.of(bytes(text), leftOut).readAllBytes(), StandardCharsets.UTF_8);
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String joined(List<String> lines) {
    return each(lines, UnaryOperator.identity());
  }

  private static String each(List<String> lines, UnaryOperator<String> change) {
    return lines.stream().map(change).collect(Collectors.joining("\n", "", "\n"));
  }

  /** As a terminal breaks a line: anywhere. */
  private static String chopped(String line, int columns) {
    return line.length() <= columns
        ? line
        : line.substring(0, columns) + "\n" + line.substring(columns);
  }

  /** As a mail program breaks a line: at the last blank that fits, which is dropped. */
  private static String filled(String line, int columns) {
    int blank = line.lastIndexOf(' ', columns);
    return line.length() <= columns || blank < 0
        ? line
        : line.substring(0, blank) + "\n" + line.substring(blank + 1);
  }
}
