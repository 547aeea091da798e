package dev.kretsim.console;

import dev.kretsim.files.FileName;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.pool.PoolDesigns;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Pools and locks of the user's own, which are found from the moment the option is read on. */
@Command
public final class PlugIns {
  /** The name of the loader of their classes, by which they are known in stack traces. */
  static final String LOADER = "--classpath";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--classpath",
      paramLabel = "JARS",
      description =
          "Jars or folders with pools or locks of your own, for --pool and --lock; separated as a"
              + " class path is.")
  void add(String classpath) {
    List<URL> urls = new ArrayList<>();
    for (String entry : classpath.split(File.pathSeparator, -1)) {
      urls.add(urlOf(entry));
    }
    // Never closed: designs load their classes for as long as the command runs.
    Thread.currentThread()
        .setContextClassLoader(
            new URLClassLoader(
                LOADER, urls.toArray(URL[]::new), Thread.currentThread().getContextClassLoader()));
    try {
      PoolDesigns.all();
      LockDesigns.all();
    } catch (IllegalStateException unusable) {
      throw problem("--classpath: " + unusable.getMessage());
    }
  }

  private URL urlOf(String entry) {
    try {
      Path path = FileName.of(entry);
      if (!Files.isReadable(path)) {
        throw problem("--classpath: no such jar or folder: " + entry);
      }
      if (!Files.isDirectory(path)) {
        new ZipFile(path.toFile()).close();
      }
      return path.toUri().toURL();
    } catch (ZipException unusable) {
      throw problem("--classpath: not a jar: " + entry);
    } catch (BadInputException | IOException unusable) {
      throw problem("--classpath: not a file name: " + entry);
    }
  }

  private ParameterException problem(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
