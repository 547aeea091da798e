package dev.kretsim.plugin;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.kretsim.ApiTest;
import dev.kretsim.Readme;
import dev.kretsim.cli.ConsoleRun;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.testkit.PoolContract;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** A pool and a lock in a jar of somebody else's, with no edit here. */
class ForeignDesignTest {
  @TempDir private Path folder;
  private ClassLoader before;

  @BeforeEach
  void keepTheClassLoader() {
    before = Thread.currentThread().getContextClassLoader();
  }

  @AfterEach
  void putItBack() {
    Thread.currentThread().setContextClassLoader(before);
  }

  /** Where the library, its tests and JUnit are, whatever started this. */
  private static String everything() {
    return Stream.of(
            PoolDesign.class,
            PoolContract.class,
            Test.class,
            ParameterizedTest.class,
            Assertions.class,
            API.class,
            NullMarked.class)
        .map(
            type ->
                Path.of(
                        URI.create(
                            type.getProtectionDomain().getCodeSource().getLocation().toString()))
                    .toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Test
  void whatThePageHasCompiledIsAllThatItShowsButTests() throws Exception {
    Set<String> compiled =
        Pattern.compile("(?s)\\bjavac\\b.*?\\n(?=\\n|jar )")
            .matcher(Readme.page("design-your-own-pool.md"))
            .results()
            .flatMap(part -> Pattern.compile("mine/[\\w*]+\\.java").matcher(part.group()).results())
            .map(MatchResult::group)
            .collect(Collectors.toSet());
    assertThat(ForeignJar.shown(folder).files().keySet())
        .filteredOn(name -> name.endsWith(".java") && !name.endsWith("Test.java"))
        .containsExactlyInAnyOrderElementsOf(compiled);
  }

  @Test
  void itIsMadeOfTheApiAlone() throws Exception {
    Path jar = ForeignJar.shown(folder).build(everything(), false);
    Set<String> api = ApiTest.packages();
    classes()
        .should()
        .onlyDependOnClassesThat(
            new DescribedPredicate<JavaClass>("are of the API, of the JDK, or its own") {
              @Override
              public boolean test(JavaClass used) {
                String room = used.getBaseComponentType().getPackageName();
                return room.startsWith("java")
                    || room.isEmpty()
                    || room.equals("mine")
                    || api.contains(room);
              }
            })
        .check(new ClassFileImporter().importJar(new JarFile(jar.toFile())));
  }

  @Test
  void itRunsInVirtualTimeAndOnRealThreads() throws Exception {
    String jar = ForeignJar.shown(folder).build(everything(), false).toString();
    for (String time : List.of("virtual", "real")) {
      ConsoleRun run =
          ConsoleRun.of(
              "run",
              "--classpath",
              jar,
              "--pool",
              "array-stack",
              "--lock",
              "polite",
              "--time",
              time);
      assertThat(run.err()).isEmpty();
      assertThat(run.code()).isZero();
      assertThat(run.out()).contains("array-stack");
    }
  }

  @Test
  void itsCostOnALargeMachineIsPredicted() throws Exception {
    String jar = ForeignJar.shown(folder).build(everything(), false).toString();
    ConsoleRun run =
        ConsoleRun.of("scale", "--classpath", jar, "--pool", "array-stack", "--threads", "1,4");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("array-stack");
  }

  @Test
  void aNameThatNobodyHasIsRefusedWithThoseThereAre() throws Exception {
    String jar = ForeignJar.shown(folder).build(everything(), false).toString();
    ConsoleRun run = ConsoleRun.of("run", "--classpath", jar, "--pool", "heap");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("ring", "array-stack", "heap");
  }

  @Test
  void aJarThatIsNotThereIsRefused() {
    ConsoleRun run = ConsoleRun.of("run", "--classpath", "nowhere.jar", "--pool", "mine");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("kretsim: --classpath: no such jar or folder: nowhere.jar\n");
  }

  @Test
  void aFileThatIsNoJarIsRefused() throws IOException {
    String text = Files.writeString(folder.resolve("a.jar"), "no jar").toString();
    ConsoleRun run = ConsoleRun.of("run", "--classpath", text);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("kretsim: --classpath: not a jar: " + text + "\n");
  }

  /** The page's jar with another text in place of one in its pool or its design. */
  private String changed(String file, String from, String to) throws IOException {
    ForeignJar jar = ForeignJar.shown(folder);
    String text = jar.files().get(file);
    assertThat(text).contains(from);
    jar.files().put(file, text.replace(from, to));
    return jar.build(everything(), false).toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run --time virtual", "run --time real", "scale --threads 1"})
  void whatFailsInsideOfItIsLaidToIt(String command) throws Exception {
    String jar =
        changed(
            "mine/ArrayStackPool.java",
            "  public void push(int cpu, int instance) {\n",
            "  public void push(int cpu, int instance) {\n"
                + "    if (cpu >= 0) throw new IllegalStateException(\"boom\");\n");
    ConsoleRun run = of(command, jar);
    assertThat(run.err())
        .startsWith("kretsim: --classpath: mine.ArrayStackPool.push failed: ")
        .contains("IllegalStateException: boom", "(ArrayStackPool.java:")
        .hasLineCount(1);
    assertThat(run.code()).isEqualTo(2);
  }

  private static ConsoleRun of(String command, String jar) {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    words.addAll(List.of("--pool", "array-stack", "--classpath", jar));
    return ConsoleRun.of(words.toArray(String[]::new));
  }

  @Test
  void whoWaitsForItselfInsideOfItIsLaidToIt() throws Exception {
    String jar =
        changed(
            "mine/ArrayStackPool.java",
            "    lock.unlockIrqRestore(cpu, irqs);\n    return instance;",
            "    return instance;");
    for (String command : List.of("run", "scale --threads 1")) {
      ConsoleRun run = of(command, jar);
      assertThat(run.err()).startsWith("kretsim: --classpath: mine.ArrayStackPool.");
      assertThat(run.code()).isEqualTo(2);
    }
  }

  @Test
  void anInstanceThatItMadeUpBreaksALaw() throws Exception {
    String jar =
        changed("mine/ArrayStackPool.java", "int instance = MISSED;", "int instance = 99999;");
    ConsoleRun run = of("run", jar);
    assertThat(run.err())
        .isEqualTo(
            "kretsim: a law of the machine is broken: L3 exclusivity: kretprobe on slow_read"
                + " instance=99999 is none of 0 to 3\n");
    assertThat(run.code()).isEqualTo(1);
  }

  @Test
  void aPoolThatDoesNotShowItsInstancesIsNotExplained() throws Exception {
    Path jar = ForeignJar.shown(folder).build(everything(), false);
    Thread.currentThread()
        .setContextClassLoader(new URLClassLoader(new URL[] {jar.toUri().toURL()}, before));
    ConsoleRun run = ConsoleRun.of("explain", "--pool", "array-stack");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("which this --pool does not").contains("array-stack");
  }

  @Test
  void aPoolThatBreaksALawHasNoSpeed() throws Exception {
    String jar =
        changed(
            "mine/ArrayStackPool.java",
            "      memory.set(depth, free - 1);",
            "      memory.set(depth, Math.max(free - 1, 1));");
    ConsoleRun run = of("scale --threads 8 --maxactive 1", jar);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("kretsim: a law of the machine is broken: L");
  }

  @ParameterizedTest
  @CsvSource({
    "null, calls itself \"null\"",
    "List.<String>of().get(0), does not say its name: java.lang.ArrayIndexOutOfBoundsException",
  })
  void aDesignWithoutANameIsNamedByItsClass(String name, String says) throws Exception {
    String jar =
        changed(
            "mine/ArrayStackDesign.java",
            "\"array-stack\"",
            name.replace("List", "java.util.List"));
    ConsoleRun run = of("run", jar);
    assertThat(run.err()).startsWith("kretsim: --classpath: mine.ArrayStackDesign " + says);
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void aServiceThatCannotBeLoadedIsNamed() throws Exception {
    Path services = Files.createDirectories(folder.resolve("broken/META-INF/services"));
    Files.writeString(services.resolve("dev.kretsim.pool.PoolDesign"), "mine.Nowhere\n");
    ConsoleRun run =
        ConsoleRun.of("run", "--classpath", folder.resolve("broken").toString(), "--pool", "mine");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("mine.Nowhere");
  }

  @Test
  void itKeepsItsPromisesAloneAndInRaces() throws Exception {
    ForeignJar jar = ForeignJar.shown(folder);
    for (String test : List.of("ArrayStackTest", "ArrayStackRaceTest", "PoliteTest")) {
      TestExecutionSummary summary = summaryOf(jar, test);
      assertThat(summary.getFailures()).as(test).isEmpty();
      assertThat(summary.getTestsSucceededCount()).as(test).isGreaterThan(5);
    }
  }

  @Test
  void aWrongOneIsFoundOutByTheExplorer() throws Exception {
    TestExecutionSummary summary = summaryOf(ForeignJar.wrong(folder), "ArrayStackRaceTest");
    assertThat(summary.getFailures())
        .anySatisfy(
            failure ->
                assertThat(failure.getTestIdentifier().getUniqueId())
                    .contains("noScheduleWithinTheBoundBreaksAPromise"));
  }

  @Test
  void aWrongOneIsFoundOutByTheContract() throws Exception {
    ForeignJar jar = ForeignJar.wrong(folder);
    String pool = jar.files().get("mine/ArrayStackPool.java");
    jar.files().put("mine/ArrayStackPool.java", pool.replace("if (free > 0) {", "if (free > 1) {"));
    assertThat(summaryOf(jar, "ArrayStackTest").getFailures()).isNotEmpty();
  }

  private TestExecutionSummary summaryOf(ForeignJar jar, String test) throws Exception {
    Path built = jar.build(everything(), true);
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {built.toUri().toURL()}, getClass().getClassLoader())) {
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request()
              .selectors(DiscoverySelectors.selectClass(loader.loadClass("mine." + test)))
              .build();
      SummaryGeneratingListener listener = new SummaryGeneratingListener();
      LauncherFactory.create().execute(request, listener);
      return listener.getSummary();
    }
  }
}
