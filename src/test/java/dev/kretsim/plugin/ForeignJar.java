package dev.kretsim.plugin;

import dev.kretsim.Readme;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A jar as a user makes it: from the files that the page "design your own pool" shows. */
public final class ForeignJar {
  private static final Pattern SHOWN =
      Pattern.compile("(?m)^`(mine/\\w+\\.java|META-INF/[\\w./]+)`\n\n```\\w+\n((?s:.*?)\n)```");

  /** One line away from the page's pool: it gives back without the lock. */
  private static final Map<String, String> WRONG =
      Map.of(
          "    long irqs = lock.lockIrqSave(cpu);\n    int free = (int) memory.get(depth);\n"
              + "    memory.set(stack + free, instance);",
          "    int free = (int) memory.get(depth);\n    memory.set(stack + free, instance);",
          "    memory.set(depth, free + 1);\n    lock.unlockIrqRestore(cpu, irqs);",
          "    memory.set(depth, free + 1);");

  private final Path folder;
  private final Map<String, String> files;

  private ForeignJar(Path folder, Map<String, String> files) {
    this.folder = folder;
    this.files = files;
  }

  /** The page's pool and lock. */
  public static ForeignJar shown(Path folder) throws IOException {
    String page =
        Files.readString(Readme.top().resolve("src/site/markdown/design-your-own-pool.md"));
    Map<String, String> files = new TreeMap<>();
    for (MatchResult file : SHOWN.matcher(page).results().toList()) {
      files.put(file.group(1), file.group(2));
    }
    return new ForeignJar(folder, files);
  }

  /** The same with a pool that is wrong, by the same names. */
  public static ForeignJar wrong(Path folder) throws IOException {
    ForeignJar jar = shown(folder);
    String pool = jar.files.get("mine/ArrayStackPool.java");
    for (Map.Entry<String, String> change : WRONG.entrySet()) {
      if (!pool.contains(change.getKey())) {
        throw new IllegalStateException("the page's pool has no such lines: " + change.getKey());
      }
      pool = pool.replace(change.getKey(), change.getValue());
    }
    jar.files.put("mine/ArrayStackPool.java", pool);
    return jar;
  }

  /** The files by their names. */
  Map<String, String> files() {
    return files;
  }

  /**
   * Compiles and packs it.
   *
   * @param classpath what it is compiled against
   * @param tests whether the tests are in it as well
   * @return the jar
   * @throws IllegalStateException with the compiler's words, if it cannot be compiled
   */
  public Path build(String classpath, boolean tests) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-cp", classpath));
    arguments.addAll(List.of("-d", classes.toString()));
    for (Map.Entry<String, String> file : files.entrySet()) {
      boolean source = file.getKey().endsWith(".java");
      if (!source || tests || !file.getKey().endsWith("Test.java")) {
        Path target = (source ? folder : classes).resolve(file.getKey());
        Files.createDirectories(target.getParent());
        Files.writeString(target, file.getValue());
        if (source) {
          arguments.add(target.toString());
        }
      }
    }
    try (OutputStream said = new java.io.ByteArrayOutputStream()) {
      int code =
          ToolProvider.getSystemJavaCompiler()
              .run(null, said, said, arguments.toArray(String[]::new));
      if (code != 0) {
        throw new IllegalStateException(said.toString());
      }
    }
    return pack(classes, folder.resolve("my-pool.jar"));
  }

  private static Path pack(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> all = Files.walk(classes)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(
            new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return jar;
  }
}
