package dev.kretsim;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The house has floors: a package may use those below it and none above. */
class PackageOrderTest {
  /** From the ground up. */
  private static final List<String> FLOORS =
      List.of(
          "arch",
          "memory",
          "lock",
          "pool",
          "kernel",
          "probe",
          "tracefs",
          "workload",
          "trace",
          "plan",
          "scale",
          "conform",
          "explain",
          "report",
          "cli");

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
        .resideInAPackage(packageOf(floor))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(above.stream().map(PackageOrderTest::packageOf).toArray(String[]::new))
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
        .resideOutsideOfPackage(packageOf("cli"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(PRODUCT);
  }

  private static String packageOf(String floor) {
    return "dev.kretsim." + floor + "..";
  }
}
