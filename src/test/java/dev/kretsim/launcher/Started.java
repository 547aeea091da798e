package dev.kretsim.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Stands for the product in a jar of its own: says what it was started with. */
final class Started {
  static final int CODE = 7;

  private Started() {}

  public static void main(String[] arguments) {
    System.out.println("[" + String.join("][", arguments) + "]");
    ManagementFactory.getRuntimeMXBean().getInputArguments().forEach(System.out::println);
    System.exit(CODE);
  }

  /** Writes a jar with this class alone. */
  static void jar(Path file) throws IOException {
    String name = Started.class.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      jar.putNextEntry(new JarEntry(name));
      jar.write(Started.class.getResourceAsStream("Started.class").readAllBytes());
    }
  }
}
