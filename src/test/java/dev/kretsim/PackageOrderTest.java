package dev.kretsim;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The house has floors: a package may use those below it and none above. */
class PackageOrderTest {
  /** From the ground up; a room stands above the room it lies in, and never below. */
  private static final List<String> FLOORS =
      List.of(
          "arch",
          "arch.x86",
          "arch.arm64",
          "arch.choice",
          "memory",
          "memory.interleave",
          "memory.explore",
          "lock",
          "pool",
          "kernel",
          "files",
          "files.yaml",
          "kernel.text",
          "kernel.machine",
          "probe",
          "probe.site",
          "probe.hit",
          "probe.registry",
          "image",
          "tracefs",
          "tracefs.fetch",
          "tracefs.line",
          "tracefs.event",
          "workload.random",
          "workload.scenario",
          "workload.script",
          "workload.drive",
          "workload.run",
          "paste",
          "trace",
          "trace.text",
          "trace.pairing",
          "trace.event",
          "trace.histogram",
          "trace.graph",
          "trace.tracecmd",
          "trace.profile",
          "trace.calls",
          "trace.read",
          "trace.stream",
          "plan",
          "plan.formula",
          "plan.curve",
          "plan.load",
          "plan.advise",
          "plan.ask",
          "fleet",
          "fleet.spark",
          "fleet.simulate",
          "scale",
          "scale.measure",
          "conform.recording",
          "conform.driver",
          "conform.tracefs",
          "conform.replay",
          "explain",
          "report",
          "report.plan",
          "report.run",
          "report.fleet",
          "report.explain",
          "report.conform",
          "report.scale",
          "report.events",
          "report.record",
          "console",
          "command.plan",
          "command.events",
          "command.fleet",
          "command.scale",
          "cli",
          "cli.spark");

  /** More files than this in a package, and it wants rooms of its own. */
  private static final int MOST_FILES = 25;

  private static final int MOST_LINES = 400;

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("dev.kretsim");

  static List<String> floors() {
    return FLOORS;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("floors")
  void aPackageUsesOnlyTheFloorsBelowIt(String floor) {
    List<String> above = FLOORS.subList(FLOORS.indexOf(floor) + 1, FLOORS.size());
    noClasses()
        .that()
        .resideInAPackage("dev.kretsim." + floor)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            above.stream().map(room -> "dev.kretsim." + room).toArray(String[]::new))
        .check(PRODUCT);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("floors")
  void everyFloorIsInhabited(String floor) {
    assertThat(
            PRODUCT.stream()
                .filter(c -> c.getPackageName().equals("dev.kretsim." + floor))
                .filter(c -> !c.getSimpleName().equals("package-info")))
        .as("classes in %s", floor)
        .isNotEmpty();
  }

  @Test
  void onlyTheCommandLineKnowsPicocli() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.kretsim.cli..", "dev.kretsim.command..", "dev.kretsim.console")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(PRODUCT);
  }

  @Test
  void onlyOneRoomKnowsSpark() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.kretsim.fleet.spark")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..")
        .check(PRODUCT);
  }

  /** In comments too: a link upwards is an import upwards. */
  @Test
  void noSourceImportsFromAFloorAboveItsOwn() throws IOException {
    Path root = Readme.top().resolve("src/main/java/dev/kretsim");
    Pattern imported =
        Pattern.compile("(?m)^import (?:static )?dev\\.kretsim\\.([a-z0-9.]+)\\.[A-Z]");
    List<String> upwards = new ArrayList<>();
    int looked = 0;
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
        String room = root.relativize(file.getParent()).toString().replace('/', '.');
        for (MatchResult use : imported.matcher(Files.readString(file)).results().toList()) {
          looked++;
          if (FLOORS.indexOf(use.group(1)) > FLOORS.indexOf(room)) {
            upwards.add(file + " imports from " + use.group(1));
          }
        }
      }
    }
    assertThat(looked).isPositive();
    assertThat(upwards).isEmpty();
  }

  @Test
  void everyPackageIsOnAFloor() {
    assertThat(PRODUCT.stream().map(JavaClass::getPackageName))
        .allMatch(name -> FLOORS.stream().anyMatch(room -> name.equals("dev.kretsim." + room)));
  }

  @Test
  void noPackageHasMoreFilesThanOneCanOversee() throws IOException {
    try (Stream<Path> files = Files.walk(Readme.top())) {
      Map<Path, Long> perFolder =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.toString().contains("/target/"))
              .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
      assertThat(perFolder).isNotEmpty();
      assertThat(perFolder)
          .allSatisfy((folder, n) -> assertThat(n).isLessThanOrEqualTo(MOST_FILES));
    }
  }

  @Test
  void noFileIsLongerThanOneCanRead() throws IOException {
    try (Stream<Path> files = Files.walk(Readme.top())) {
      List<Path> sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.toString().contains("/target/"))
              .toList();
      assertThat(sources).isNotEmpty();
      for (Path source : sources) {
        assertThat(Files.readAllLines(source))
            .as("%s", source)
            .hasSizeLessThanOrEqualTo(MOST_LINES);
      }
    }
  }
}
