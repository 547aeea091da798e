package dev.kretsim.launcher;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kretsim.Readme;
import dev.kretsim.cli.ConsoleRun;
import dev.kretsim.cli.EveryCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What shells offer that have loaded their completion file, at each place of a command line. */
class CompletionsTest {
  private static final List<Offer> OFFERS = Offer.of(new CommandLine(new EveryCommand.Described()));

  /** No command, option or value begins as this does. */
  private static final String FILE = "zz a-file.txt";

  /** Each writes what is offered for the last of its words, one a line, and then a line of "==". */
  private static final Map<String, String> ASK =
      Map.of(
          "bash",
          """
          source ./kretsim.bash
          ask() {
            COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
            _kretsim 2> /dev/null
            printf '%s\\n' "${COMPREPLY[@]}" ==
          }
          """,
          "zsh",
          """
          fpath=($PWD $fpath); autoload -U _kretsim
          _describe() { print -rl -- ${(M)${(@)${(P)4}%%:*}:#$words[CURRENT]*} }
          _files() { }
          compset() { }
          ask() { words=("$@") CURRENT=$#; _kretsim; print -r -- "==" }
          """,
          "fish",
          """
          source ./kretsim.fish
          function ask; complete -C "$argv" | string replace -r '\\t.*' ''; echo ==; end
          """);

  @TempDir private Path folder;

  @BeforeEach
  void write() throws Exception {
    Completions.write(folder);
    Files.createFile(folder.resolve(FILE));
  }

  /** What has to be said for an option of that command to be looked at. */
  private static final Map<String, List<String>> ASKED =
      Map.of(
          " plan", List.of("sample:nanosleep-bursts", "--maxactive=8", "--fail-above=1"),
          " record", List.of("vfs_read"),
          " import", List.of("sample:nanosleep-bursts", "--out=calls"),
          " fleet", List.of("."),
          " conform", List.of("."),
          " fleet simulate", List.of("--rate=1k/s", "--hold=1ms"),
          " scale validate", List.of("--published=none.json"),
          " events check", List.of("/dev/null"),
          " events profile",
              List.of(
                  Readme.top()
                      .resolve("src/main/resources/dev/kretsim/explain/hit.yaml")
                      .toString()));

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void theCommandsBelowEachCommandAreOffered(String shell) throws Exception {
    Map<String, Set<String>> wanted = new LinkedHashMap<>();
    OFFERS.forEach(offer -> wanted.put(line(offer, ""), offer.commands().keySet()));
    assertThat(wanted).containsEntry("events ", Set.of("check", "profile", "run"));
    assertOffered(shell, wanted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void theOptionsOfEachCommandAreOfferedAndNoOthers(String shell) throws Exception {
    Map<String, Set<String>> wanted = new LinkedHashMap<>();
    for (Offer offer : OFFERS) {
      Set<String> names = new TreeSet<>(offer.optionNames().keySet());
      names.removeIf(name -> !name.startsWith("--"));
      wanted.put(line(offer, "--"), names);
    }
    assertThat(wanted.get("scale validate --")).contains("--max-error");
    assertOffered(shell, wanted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void theValuesOfAnOptionAreOfferedBehindIt(String shell) throws Exception {
    Map<String, List<String>> wanted = new LinkedHashMap<>();
    for (Offer offer : OFFERS) {
      for (OptionSpec option : offer.options()) {
        if (Offer.takesValue(option)) {
          wanted.put(line(offer, option.longestName() + " "), Offer.values(option));
        }
      }
    }
    assertThat(wanted)
        .containsEntry("run --time ", List.of("virtual", "real"))
        .containsEntry("explain --out ", List.of("text", "json", "html"));
    assertOffered(shell, wanted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void aValueThatIsACommandsNameIsNoCommand(String shell) throws Exception {
    assertOffered(
        shell,
        Map.of(
            "fleet --html simulate --cov", List.of("--cover"),
            "fleet --html=simulate --cov", List.of("--cover"),
            "fleet simulate --cov", List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void aFileIsCompletedWhereverNothingElseIsOffered(String shell) throws Exception {
    List<String> lines = linesThatEndInAFile();
    List<String> wanted = lines.stream().map(line -> "got " + line + FILE.substring(2)).toList();
    assertThat(typed(shell, lines)).containsExactlyElementsOf(wanted);
  }

  @Test
  void fishOffersAFileWhereverNothingElseIsOffered() throws Exception {
    List<String> lines = linesThatEndInAFile();
    List<Set<String>> offered = offered("fish", lines);
    for (int i = 0; i < lines.size(); i++) {
      assertThat(offered.get(i)).as(lines.get(i)).hasSize(1).first().asString().endsWith(FILE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void whatIsBegunIsCompletedAtTheFirstTab(String shell) throws Exception {
    assertThat(typed(shell, List.of("pla"))).containsExactly("got plan");
    assertThat(typed(shell, List.of("plan --maxa"))).containsExactly("got plan --maxactive");
    assertThat(typed(shell, List.of("plan --out=jso"))).containsExactly("got plan --out=json");
  }

  @Test
  void theValuesOfferedAreThoseThatTheCommandNames() {
    Set<String> tried = new TreeSet<>();
    for (Offer offer : OFFERS) {
      for (OptionSpec option : offer.options()) {
        if (!Offer.values(option).isEmpty()) {
          tried.add(option.longestName());
          List<String> words = new ArrayList<>(List.of(offer.path().substring(1).split(" ", -1)));
          words.addAll(List.of(option.longestName(), "zzz"));
          words.addAll(ASKED.getOrDefault(offer.path(), List.of()));
          String refusal = ConsoleRun.of(words.toArray()).err();
          assertThat(refusal).as("%s", words).startsWith("kretsim: " + option.longestName());
          assertThat(List.of(refusal.split("[ ,:]+", -1))).containsAll(Offer.values(option));
        }
      }
    }
    assertThat(tried)
        .contains("--arch", "--case", "--fail-on", "--format", "--kernel", "--lock", "--machine")
        .contains("--out", "--placement", "--pool", "--preempt", "--sharing", "--time", "--tool")
        .contains("--with", "--workload");
  }

  private static List<String> linesThatEndInAFile() {
    List<String> lines = new ArrayList<>();
    for (Offer offer : OFFERS) {
      if (offer.takesArguments()) {
        lines.add(line(offer, "zz"));
      }
      for (OptionSpec option : offer.options()) {
        if (Offer.takesFile(option) || Offer.takesValue(option) && Offer.values(option).isEmpty()) {
          lines.add(line(offer, option.longestName() + " zz"));
          lines.add(line(offer, option.longestName() + "=zz"));
        }
      }
    }
    assertThat(lines).contains("plan zz", "run --classpath zz", "events check --image=zz");
    return lines;
  }

  /** The line up to what is to be completed. */
  private static String line(Offer offer, String rest) {
    return (offer.path() + " " + rest).substring(1);
  }

  /** Has a shell read a script, which may not say anything on standard error. */
  private String run(String script, String... shell) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin", shell[0])), shell[0] + " is not there");
    Path in = Files.writeString(folder.resolve(".in"), script);
    Path out = folder.resolve(".out");
    Path err = folder.resolve(".err");
    ProcessBuilder builder = new ProcessBuilder(shell).directory(folder.toFile());
    builder.redirectInput(in.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("TERM", "dumb");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", shell[0]).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(err).content().isEmpty();
    return Files.readString(out);
  }

  /**
   * What is offered for the last word of each line; a line that ends in a blank has an empty one.
   */
  private List<Set<String>> offered(String shell, List<String> lines) throws Exception {
    StringBuilder script = new StringBuilder(ASK.get(shell));
    for (String line : lines) {
      String words =
          Arrays.stream(line.split(" ", -1)).map(w -> "'" + w + "'").collect(joining(" "));
      script.append("ask kretsim").append(line.isEmpty() ? " ''" : " " + words).append('\n');
    }
    List<Set<String>> offered = new ArrayList<>(List.of(new TreeSet<>()));
    for (String line : run(script.toString(), shell).split("\n", -1)) {
      if (line.equals("==")) {
        offered.add(new TreeSet<>());
      } else if (!line.isEmpty()) {
        offered.get(offered.size() - 1).add(line);
      }
    }
    assertThat(offered).hasSize(lines.size() + 1);
    return offered.subList(0, lines.size());
  }

  /** Asks for all lines at once: starting a shell takes longer than answering. */
  private void assertOffered(String shell, Map<String, ? extends Iterable<String>> wanted)
      throws Exception {
    List<String> lines = List.copyOf(wanted.keySet());
    List<Set<String>> offered = offered(shell, lines);
    for (int i = 0; i < lines.size(); i++) {
      assertThat(offered.get(i))
          .as(lines.get(i))
          .filteredOn(name -> !Files.exists(folder.resolve(name)))
          .containsExactlyInAnyOrderElementsOf(wanted.get(lines.get(i)));
    }
  }

  /** What the command gets when each line is typed with a TAB behind it. */
  private List<String> typed(String shell, List<String> lines) throws Exception {
    String command = "kretsim() { echo g''ot \"$*\"; }";
    StringBuilder script = new StringBuilder();
    if (shell.equals("bash")) {
      script.append("PS1=; source ./kretsim.bash; ").append(command).append('\n');
      lines.forEach(line -> script.append("kretsim ").append(line).append("\t\n"));
      script.insert(0, "exec bash --norc --noprofile -i 2> /dev/null <<'END'\n").append("END\n");
    } else {
      script.append("zmodload zsh/zpty; zpty z 'zsh -f -i'\n");
      script.append("zpty -w z 'fpath=($PWD $fpath); autoload -U compinit; compinit -u -D'\n");
      script.append("zpty -w z \"").append(command.replaceAll("[\"$]", "\\\\$0")).append("\"\n");
      for (String line : lines) {
        script.append("zpty -w z $'kretsim ").append(line).append("\\t'\n");
        script.append("zpty -r z said $'*got *\\n*'; print -r -- $said\n");
      }
    }
    return run(script.toString(), shell)
        .lines()
        .map(String::stripTrailing)
        .filter(line -> line.startsWith("got "))
        .toList();
  }
}
