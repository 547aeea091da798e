package dev.kretsim.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.kretsim.ApiTest;
import dev.kretsim.Readme;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page "use it from Java": what it shows is compiled here, and prints what it says. */
class ExamplesTest {
  private static final int MOST_LINES = 15;

  private interface Code {
    void run() throws Exception;
  }

  private record Example(String name, Code code) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Example> examples() {
    Path trace = Path.of("sample:nanosleep-bursts");
    return List.of(
        new Example("PlanOfAFile", () -> PlanOfAFile.run(trace)),
        new Example("CurveOfYourOwnCalls", CurveOfYourOwnCalls::run),
        new Example("PoolHammeredByThreads", PoolHammeredByThreads::run),
        new Example("KretprobeOnAMachine", KretprobeOnAMachine::run),
        new Example("ScenarioInCode", ScenarioInCode::run));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleStandsThereWithWhatItPrints(Example example) throws Exception {
    String code = codeOf(example.name());
    assertThat(code.lines()).hasSizeLessThanOrEqualTo(MOST_LINES);
    assertThat(page())
        .contains("```java\n" + code + "\n```\n\n```text\n" + printedBy(example) + "```");
  }

  @Test
  void thePageShowsNoOther() throws IOException {
    Set<String> shown = new TreeSet<>();
    for (MatchResult block : found("```java\n(.*?)\n```")) {
      shown.add(block.group(1));
    }
    Set<String> compiled = new TreeSet<>();
    for (Example example : examples()) {
      compiled.add(codeOf(example.name()));
    }
    assertThat(shown).isEqualTo(compiled);
  }

  @Test
  void theDependencyOfThePageIsThisProject() throws IOException {
    String pom = Files.readString(Readme.top().resolve("src/pom.xml"));
    MatchResult shown = found("(?s)```xml\n<dependency>(.*?)</dependency>\n```").get(0);
    for (String line : shown.group(1).strip().split("\\s+")) {
      assertThat(pom.substring(0, pom.indexOf("<properties>"))).contains(line);
    }
  }

  @Test
  void thePackagesOfThePageAreThoseThatAreMarked() throws IOException {
    assertThat(found("(?m)^\\| `dev\\.kretsim\\.([a-z.]+)`").stream().map(m -> m.group(1)))
        .containsExactlyInAnyOrderElementsOf(
            ApiTest.packages().stream()
                .map(name -> name.substring("dev.kretsim.".length()))
                .collect(Collectors.toSet()));
  }

  @Test
  void thePackagesThatAreComparedWithAReleaseAreTheseToo() throws IOException {
    String pom = Files.readString(Readme.top().resolve("src/pom.xml"));
    assertThat(Pattern.compile("<include>(dev\\.kretsim[a-z.]*)</include>").matcher(pom).results())
        .extracting(include -> include.group(1))
        .containsExactlyElementsOf(ApiTest.packages());
  }

  @Test
  void theExamplesUseNothingElse() {
    JavaClasses examples =
        new ClassFileImporter()
            .importClasses(
                Stream.of(
                        PlanOfAFile.class,
                        CurveOfYourOwnCalls.class,
                        PoolHammeredByThreads.class,
                        KretprobeOnAMachine.class,
                        ScenarioInCode.class)
                    .toArray(Class<?>[]::new));
    Set<String> api = ApiTest.packages();
    classes()
        .should()
        .onlyDependOnClassesThat(
            new DescribedPredicate<JavaClass>("are of the API, of the JDK, or examples") {
              @Override
              public boolean test(JavaClass used) {
                String room = used.getBaseComponentType().getPackageName();
                return room.startsWith("java")
                    || room.isEmpty()
                    || room.equals("dev.kretsim.examples")
                    || api.contains(room);
              }
            })
        .check(examples);
  }

  private static List<MatchResult> found(String pattern) throws IOException {
    return Pattern.compile(pattern, Pattern.DOTALL).matcher(page()).results().toList();
  }

  private static String page() throws IOException {
    return Files.readString(Readme.top().resolve("src/site/markdown/use-from-java.md"));
  }

  private static String codeOf(String name) throws IOException {
    String source =
        Files.readString(
            Readme.top().resolve("src/test/java/dev/kretsim/examples/" + name + ".java"));
    String begin = "    // begin\n";
    int from = source.indexOf(begin) + begin.length();
    return source.substring(from, source.indexOf("    // end")).stripTrailing().stripIndent();
  }

  private static String printedBy(Example example) throws Exception {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      example.code().run();
    } finally {
      System.setOut(console);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
