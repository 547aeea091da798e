package dev.kretsim;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaTypeVariable;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;

/** What others may build on, and that it shows nothing else. */
public class ApiTest {
  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("dev.kretsim");

  /** The packages that are marked, by their names. */
  public static Set<String> packages() {
    return PRODUCT.stream()
        .filter(one -> one.getSimpleName().equals("package-info"))
        .filter(one -> one.isAnnotatedWith(API.class))
        .map(JavaClass::getPackageName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void noTypeOfTheApiShowsAnotherThatIsNone() {
    assertThat(packages()).hasSizeGreaterThan(5);
    assertThat(shown(PRODUCT.stream().toList(), packages())).isEmpty();
  }

  @Test
  void showingATypeThatIsNoneIsNoticed() {
    Set<String> fewer = packages();
    fewer.remove("dev.kretsim.workload.random");
    assertThat(shown(PRODUCT.stream().toList(), fewer))
        .anyMatch(use -> use.startsWith("dev.kretsim.workload.scenario.Scenario"));
  }

  /** Uses of types that are neither of the API nor of the JDK, in what the API shows. */
  static List<String> shown(List<JavaClass> classes, Set<String> api) {
    List<String> shown = new ArrayList<>();
    for (JavaClass type : classes) {
      if (api.contains(type.getPackageName()) && isVisible(type)) {
        supertypes(type).forEach(found -> check(found, api, type.getName(), shown));
        for (JavaMember member : type.getMembers()) {
          if (isVisible(member)) {
            involved(member).forEach(found -> check(found, api, member.getFullName(), shown));
          }
        }
      }
    }
    return shown;
  }

  private static boolean isVisible(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(ApiTest::isVisible).orElse(true);
  }

  private static boolean isVisible(JavaMember member) {
    Set<JavaModifier> modifiers = member.getModifiers();
    return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
        && !modifiers.contains(JavaModifier.SYNTHETIC);
  }

  private static Stream<JavaClass> supertypes(JavaClass type) {
    Stream<JavaType> above =
        Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
    return Stream.concat(above, type.getTypeParameters().stream().flatMap(ApiTest::bounds))
        .flatMap(one -> one.getAllInvolvedRawTypes().stream());
  }

  private static Stream<JavaType> bounds(JavaTypeVariable<?> variable) {
    return variable.getUpperBounds().stream();
  }

  private static Stream<JavaClass> involved(JavaMember member) {
    if (member instanceof JavaField field) {
      return field.getType().getAllInvolvedRawTypes().stream();
    }
    JavaCodeUnit code = (JavaCodeUnit) member;
    return Stream.concat(
        Stream.concat(code.getParameterTypes().stream(), Stream.of(code.getReturnType()))
            .flatMap(one -> one.getAllInvolvedRawTypes().stream()),
        code.getExceptionTypes().stream());
  }

  private static void check(JavaClass found, Set<String> api, String where, List<String> shown) {
    JavaClass type = found.getBaseComponentType();
    boolean fine =
        type.isPrimitive()
            || type.getPackageName().startsWith("java.")
            || api.contains(type.getPackageName()) && isVisible(type);
    if (!fine) {
      shown.add(where + " shows " + type.getName());
    }
  }
}
