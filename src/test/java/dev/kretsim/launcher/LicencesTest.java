package dev.kretsim.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.Readme;
import dev.kretsim.cli.OwnProcess;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The zip has the licence of each library inside, and nobody has to add one. */
class LicencesTest {
  private static final Path ASSEMBLY = Readme.top().resolve("src/main/assembly");
  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "<groupId>([^<]*)</groupId>\\s*<artifactId>([^<]*)</artifactId>(.*?)</dep",
          Pattern.DOTALL);

  /** What comes along with them, by how their names begin. */
  private static final Pattern BROUGHT =
      Pattern.compile(
          "(jackson-(core|annotations)|commons-(rng|numbers|statistics)-.*|jline-.*)-[0-9].*");

  /** What the assembly takes from a jar. */
  private static final Pattern TAKEN =
      Pattern.compile(
          "META-INF/[^/]*LICENSE[^/]*|META-INF/licenses/.*|LICENSE[^/]*"
              + "|META-INF/resources/webjars/.*/LICENSE[^/]*");

  /** The jars that are packed into the product, by name. */
  private static Map<String, Path> libraries() throws IOException {
    Map<String, Path> jars = new HashMap<>();
    for (String entry : OwnProcess.classPath().split(File.pathSeparator)) {
      jars.put(Path.of(entry).getFileName().toString(), Path.of(entry));
    }
    Map<String, Path> inside = new TreeMap<>();
    jars.forEach(
        (name, jar) -> {
          if (BROUGHT.matcher(name).matches()) {
            inside.put(name, jar);
          }
        });
    String pom = Files.readString(Readme.top().resolve("src/pom.xml"), StandardCharsets.UTF_8);
    Matcher dependency = DEPENDENCY.matcher(pom.substring(0, pom.indexOf("<build>")));
    while (dependency.find()) {
      if (!dependency.group(3).contains("<scope>")) {
        String name = dependency.group(2) + "-";
        jars.forEach(
            (file, jar) -> {
              if (file.startsWith(name) && Character.isDigit(file.charAt(name.length()))) {
                inside.put(file, jar);
              }
            });
      }
    }
    return inside;
  }

  private static boolean carriesItsText(Path jar) throws IOException {
    try (JarFile open = new JarFile(jar.toFile())) {
      return open.stream().anyMatch(entry -> TAKEN.matcher(entry.getName()).matches());
    }
  }

  @Test
  void eachLibraryBringsItsTextOrIsListedWithOneThatIsThere() throws IOException {
    String list = Files.readString(ASSEMBLY.resolve("licences/README.md"), StandardCharsets.UTF_8);
    Map<String, Path> libraries = libraries();
    assertThat(libraries).hasSizeGreaterThan(15);
    for (Map.Entry<String, Path> library : libraries.entrySet()) {
      String name = library.getKey().replaceFirst("-[0-9].*", "");
      Matcher row = Pattern.compile("\\| " + name + " \\| \\S+ \\| (\\S+) \\|").matcher(list);
      if (row.find()) {
        assertThat(carriesItsText(library.getValue())).as(name + " brings its own").isFalse();
        Path text =
            row.group(1).equals("../LICENSE")
                ? Readme.top().resolve("LICENSE")
                : ASSEMBLY.resolve("licences").resolve(row.group(1));
        assertThat(text).isNotEmptyFile();
      } else {
        assertThat(carriesItsText(library.getValue())).as(name + " has no text").isTrue();
      }
    }
  }

  @Test
  void theZipTakesThemAll() throws IOException {
    assertThat(Files.readString(ASSEMBLY.resolve("zip.xml"), StandardCharsets.UTF_8))
        .contains(
            "<directory>main/assembly/licences</directory>",
            "<source>../LICENSE</source>",
            "<include>META-INF/*LICENSE*</include>",
            "<include>META-INF/*NOTICE*</include>");
  }
}
