package dev.kretsim;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The page about the design shows the packages as they are: its picture and its table are made from
 * the code. To make them anew: {@code mvn test -pl src -Dtest=DesignPageTest
 * -Dkretsim.write-docs=true}.
 */
class DesignPageTest {
  private static final String ROOT = "dev.kretsim.";

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("dev.kretsim");

  @Test
  void thePictureIsThatOfTheCode() throws IOException {
    holds("picture", picture());
  }

  @Test
  void theTableIsThatOfThePackages() throws IOException {
    holds("packages", table());
  }

  @Test
  void theClassesOfTheJourneysExist() throws IOException {
    Set<String> classes = new TreeSet<>();
    for (JavaClass type : PRODUCT) {
      classes.add(type.getName().substring(ROOT.length()));
    }
    String page = Files.readString(page());
    List<MatchResult> named =
        Pattern.compile("`([a-z0-9]+(?:\\.[a-z0-9]+)*\\.[A-Z]\\w*)`")
            .matcher(page)
            .results()
            .toList();
    assertThat(named).hasSizeGreaterThan(15);
    assertThat(named).allSatisfy(name -> assertThat(classes).contains(name.group(1)));
  }

  private static void holds(String part, String made) throws IOException {
    String page = Files.readString(page());
    String begin = "<!-- " + part + " -->\n";
    int from = page.indexOf(begin) + begin.length();
    int to = page.indexOf("<!-- end of " + part + " -->");
    assertThat(from).isGreaterThan(begin.length()).isLessThanOrEqualTo(to);
    if (Boolean.getBoolean("kretsim.write-docs")) {
      Files.writeString(page(), page.substring(0, from) + made + page.substring(to));
    } else {
      assertThat(page.substring(from, to)).isEqualTo(made);
    }
  }

  private static Path page() {
    return Readme.top().resolve("src/site/markdown/design.md");
  }

  /** An arrow for each use, but for those that lead there by way of others as well. */
  private static String picture() {
    Map<String, Set<String>> uses = uses();
    StringBuilder mermaid = new StringBuilder("```mermaid\nflowchart TD\n");
    for (Map.Entry<String, Set<String>> user : uses.entrySet()) {
      for (String used : user.getValue()) {
        boolean direct =
            user.getValue().stream()
                .noneMatch(other -> !other.equals(used) && reaches(other, used, uses));
        if (direct) {
          mermaid.append("  %s --> %s%n".formatted(user.getKey(), used));
        }
      }
    }
    return mermaid.append("```\n").toString();
  }

  private static boolean reaches(String from, String to, Map<String, Set<String>> uses) {
    return uses.getOrDefault(from, Set.of()).stream()
        .anyMatch(next -> next.equals(to) || reaches(next, to, uses));
  }

  private static Map<String, Set<String>> uses() {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (JavaClass type : PRODUCT) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass used = dependency.getTargetClass().getBaseComponentType();
        if (used.getPackageName().startsWith(ROOT) && !hall(used).equals(hall(type))) {
          uses.computeIfAbsent(hall(type), absent -> new TreeSet<>()).add(hall(used));
        }
      }
    }
    return uses;
  }

  private static String hall(JavaClass type) {
    return type.getPackageName().substring(ROOT.length()).replaceAll("\\..*", "");
  }

  /** Each package with the first sentence of what it says of itself. */
  private static String table() throws IOException {
    List<String> rows = new ArrayList<>();
    Path root = Readme.top().resolve("src/main/java/dev/kretsim");
    for (String room : PackageOrderTest.floors()) {
      String text =
          Files.readString(root.resolve(room.replace('.', '/')).resolve("package-info.java"));
      String comment = text.substring(text.indexOf("/**") + 3, text.indexOf("*/"));
      String words = comment.replaceAll("(?m)^ \\* ?", "").replaceAll("\\s+", " ").strip() + " ";
      String sentence = words.substring(0, words.indexOf(". ") + 1);
      rows.add(
          "| `%s` | %s |%n"
              .formatted(room, sentence.replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`").strip()));
    }
    return "| package | what lives there |\n|---|---|\n" + String.join("", rows);
  }
}
