package dev.kretsim.fleet;

import dev.kretsim.files.FileName;
import dev.kretsim.kernel.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The files that arguments name, by their hosts. */
public final class FleetFiles {
  private FleetFiles() {}

  /**
   * Folders with all that lies in and below them and is not hidden, globs, and files.
   *
   * @param remarks receives what is left out
   * @return the hosts in the order of their names
   * @throws BadInputException if an argument names nothing
   */
  public static List<Host> hosts(
      List<String> arguments, HostNaming naming, Consumer<String> remarks) {
    // A file that several arguments name, in whatever way, is one.
    TreeMap<Path, Path> files = new TreeMap<>();
    TreeSet<Path> leftOut = new TreeSet<>();
    for (String argument : arguments) {
      List<Path> found = named(argument, leftOut);
      if (found.isEmpty()) {
        throw new BadInputException(argument + ": no file is there; expected traces of hosts");
      }
      found.forEach(file -> files.putIfAbsent(file.toAbsolutePath().normalize(), file));
    }
    if (!leftOut.isEmpty()) {
      remarks.accept(
          "remark: %s left out, the first is %s; name one to read it"
              .formatted(
                  leftOut.size() == 1
                      ? "1 pipe, socket or device is"
                      : leftOut.size() + " pipes, sockets or devices are",
                  leftOut.first()));
    }
    // One host has a file once, also where a link leads to its folder.
    Map<String, Map<Path, Path>> byHost = new TreeMap<>();
    for (Path file : new TreeSet<>(files.values())) {
      byHost
          .computeIfAbsent(host(file, naming), host -> new LinkedHashMap<>())
          .putIfAbsent(real(file), file);
    }
    return byHost.entrySet().stream()
        .map(host -> new Host(host.getKey(), List.copyOf(host.getValue().values())))
        .toList();
  }

  private static String host(Path file, HostNaming naming) {
    return Files.isDirectory(file) ? unreadableHost(file, naming) : naming.of(file);
  }

  /** The host that stands for those of a folder that may not be read: nobody knows its files. */
  static String unreadableHost(Path folder, HostNaming naming) {
    if (naming instanceof HostNaming.ByParent) {
      return naming.of(folder.resolve("trace"));
    }
    if (naming instanceof HostNaming.ByPattern pattern) {
      String host = pattern.in(folder + "/");
      return host == null || host.isEmpty() ? folder.toString() : host;
    }
    return naming.of(folder);
  }

  /**
   * Refuses to write a file that the same arguments would find to read.
   *
   * @param option that names what is written, for messages
   * @param named as the option says it
   * @param written the file itself
   * @throws BadInputException if they would find it
   */
  public static void requireElsewhere(
      String option, Path named, Path written, List<String> arguments) {
    Path real = real(written);
    for (String argument : arguments) {
      Place place = place(argument);
      if (place != null && place.takes(real)) {
        throw new BadInputException(
            "%s %s: what is written there would be read as a trace of %s; name another folder"
                .formatted(option, named, argument));
      }
    }
  }

  /**
   * Refuses a folder to write to from which files are read.
   *
   * @param option that names it, for messages
   * @throws BadInputException if one is
   */
  public static void requireNoneFrom(String option, Path folder, List<Host> hosts) {
    Path real = real(folder);
    for (Host host : hosts) {
      for (Path file : host.files()) {
        if (real(file).startsWith(real)) {
          throw new BadInputException(
              "%s %s: %s is read from there; name another folder".formatted(option, folder, file));
        }
      }
    }
  }

  /** Without symbolic links, as far as there is something already. */
  public static Path real(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    for (Path there = absolute; there != null; there = there.getParent()) {
      try {
        return there.toRealPath().resolve(there.relativize(absolute));
      } catch (IOException notThere) {
        // what is above it may be
      }
    }
    return absolute;
  }

  /** The folder that an argument names or looks through; null if it names a file. */
  private static @Nullable Place place(String argument) {
    Path path = FileName.of(argument);
    if (Files.isDirectory(path)) {
      return Place.folder(path);
    }
    return Files.exists(path) ? null : Place.globbed(argument);
  }

  private static List<Path> named(String argument, Set<Path> leftOut) {
    if (argument.equals("-")) {
      throw new BadInputException(
          "-: standard input is the trace of one host: kretsim plan -; expected traces of hosts");
    }
    Place place = place(argument);
    if (place == null) {
      return List.of(FileName.of(argument));
    }
    List<Path> found = new ArrayList<>();
    place.walk(found::add, leftOut::add);
    return found;
  }
}
