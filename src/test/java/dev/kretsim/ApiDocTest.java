package dev.kretsim;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.util.JavacTask;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.JRE;

/** What others may build on is documented: each parameter, each result, each checked exception. */
class ApiDocTest {
  /** Later compilers want more: each part of a record, and a sentence above every tag. */
  @Test
  @EnabledOnJre(JRE.JAVA_17)
  void nothingOfTheApiLacksItsDescription() throws IOException {
    Path sources = Readme.top().resolve("src/main/java");
    List<Path> files = new ArrayList<>();
    for (String name : ApiTest.packages()) {
      try (Stream<Path> all = Files.list(sources.resolve(name.replace('.', '/')))) {
        all.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
      }
    }
    try (StandardJavaFileManager manager = compiler().getStandardFileManager(null, null, null)) {
      assertThat(complaints(manager.getJavaFileObjectsFromPaths(files))).isEmpty();
    }
  }

  @Test
  void whatNobodyDescribedIsNoticed() throws IOException {
    List<String> complaints =
        complaints(
            List.of(
                source("dev.kretsim.pool", "Bare", "public int most(int cpus)"),
                source("dev.kretsim.pool", "Half", "/** Asks. */ public int most(int cpus)")));
    assertThat(complaints).hasSize(3);
    assertThat(complaints)
        .anyMatch(one -> one.contains("Bare.java:5: warning: no comment"))
        .anyMatch(one -> one.contains("Half.java:5: warning: no @param for cpus"))
        .anyMatch(one -> one.contains("Half.java:5: warning: no @return"));
  }

  @Test
  void whatNobodyElseSeesNeedsNoDescription() throws IOException {
    assertThat(
            complaints(
                List.of(
                    source("dev.kretsim.pool", "Inner", "int most(int cpus)"),
                    source("dev.kretsim.console", "Outer", "public int most(int cpus)"))))
        .isEmpty();
  }

  /** What the compiler's doclint says of these sources, with the place. */
  private static List<String> complaints(Iterable<? extends JavaFileObject> sources)
      throws IOException {
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    List<String> options =
        List.of(
            "-proc:none",
            "-Xmaxwarns",
            "10000",
            "-Xmaxerrs",
            "10000",
            "-Xdoclint:all/protected",
            "-Xdoclint/package:" + String.join(",", ApiTest.packages()),
            "-cp",
            classPath());
    ((JavacTask) compiler().getTask(null, null, found, options, null, sources)).analyze();
    return found.getDiagnostics().stream().map(Object::toString).toList();
  }

  /** What this test runs on itself; some launchers keep that in a loader of their own. */
  private static String classPath() {
    return ApiDocTest.class.getClassLoader() instanceof URLClassLoader own
        ? Arrays.stream(own.getURLs())
            .map(url -> Path.of(URI.create(url.toString())).toString())
            .collect(Collectors.joining(File.pathSeparator))
        : System.getProperty("java.class.path");
  }

  private static JavaCompiler compiler() {
    return ToolProvider.getSystemJavaCompiler();
  }

  /** A described class with a constructor and one method. */
  private static JavaFileObject source(String room, String name, String method) {
    String text =
        """
        package %s;
        /** An answer. */
        public final class %s {
          private %s() {}
          %s { return 1; }
        }
        """
            .formatted(room, name, name, method);
    return new SimpleJavaFileObject(
        URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }
}
