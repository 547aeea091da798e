package dev.kretsim.cli;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A command line that starts another Java with the classes of this one. */
public final class OwnProcess {
  private OwnProcess() {}

  /** It, up to the arguments of the main class. */
  static List<String> java(List<String> options, Class<?> main) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(options);
    line.addAll(List.of("-Xmx256m", "-cp", classPath(), main.getName()));
    return line;
  }

  /** The class path of the tests; some launchers of tests load these classes themselves. */
  public static String classPath() {
    ClassLoader loader = Main.class.getClassLoader();
    return loader instanceof URLClassLoader
        ? Arrays.stream(((URLClassLoader) loader).getURLs())
            .map(URL::getPath)
            .collect(Collectors.joining(File.pathSeparator))
        : System.getProperty("java.class.path");
  }
}
