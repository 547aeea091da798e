package dev.kretsim.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that are being written, under names that tell who writes them: {@code
 * .kretsim-PID-START-N.part}, where START is when the process began, in milliseconds of Unix time.
 *
 * <p>All of them go when the process ends, by a signal too. What a process left that was killed
 * goes when another one first writes into that folder.
 */
final class Temporaries {
  private static final Pattern NAME =
      Pattern.compile("\\.kretsim-([0-9]{1,18})-([0-9]{1,18})-[0-9]+\\.part");

  /** When a process began is known from the clock at boot, which may have been set since. */
  private static final Duration SAME_START = Duration.ofSeconds(2);

  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** Held while a file gets or loses its name; for good once the process ends. */
  private static final ReentrantLock NAMING = new ReentrantLock();

  private static final Set<Path> OPEN = new HashSet<>();

  /** Looked through already: there may be many files there, and many to be written. */
  private static final Set<Path> SWEPT = ConcurrentHashMap.newKeySet();

  private static long created;
  private static boolean hooked;

  private Temporaries() {}

  /** A new file in a folder, with its channel; locked as long as that is open. */
  record Temporary(Path path, FileChannel channel) {}

  /**
   * Creates a file, having removed what dead processes left in its folder.
   *
   * @param hidden for the owner alone; otherwise as the umask says
   */
  static Temporary create(Path folder, boolean hidden) throws IOException {
    if (SWEPT.add(folder.toAbsolutePath())) {
      sweep(folder);
    }
    NAMING.lock();
    try {
      hook();
      Path path = folder.resolve(name(ProcessHandle.current(), created++));
      OPEN.add(path);
      Set<StandardOpenOption> options =
          Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileChannel channel =
          hidden ? FileChannel.open(path, options, PRIVATE) : FileChannel.open(path, options);
      lock(channel);
      return new Temporary(path, channel);
    } finally {
      NAMING.unlock();
    }
  }

  /** Gives a file its real name, in place of what has it now. */
  static void replace(Path temporary, Path target) throws IOException {
    NAMING.lock();
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      OPEN.remove(temporary);
    } finally {
      NAMING.unlock();
    }
  }

  /**
   * Gives a file its real name, if nothing has it.
   *
   * @throws java.nio.file.FileAlreadyExistsException if something has
   */
  static void claim(Path temporary, Path target) throws IOException {
    NAMING.lock();
    try {
      try {
        Files.createLink(target, temporary);
        Files.delete(temporary);
      } catch (java.nio.file.FileAlreadyExistsException taken) {
        throw taken;
      } catch (IOException | UnsupportedOperationException noLinksHere) {
        Files.move(temporary, target);
      }
      OPEN.remove(temporary);
    } finally {
      NAMING.unlock();
    }
  }

  /** Removes a file that got no other name. */
  static void remove(Path temporary) throws IOException {
    NAMING.lock();
    try {
      if (OPEN.remove(temporary)) {
        Files.deleteIfExists(temporary);
      }
    } finally {
      NAMING.unlock();
    }
  }

  private static void hook() {
    if (hooked) {
      return;
    }
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(Temporaries::removeAll, "remove-drafts"));
      hooked = true;
    } catch (IllegalStateException ending) {
      while (true) {
        LockSupport.park();
      }
    }
  }

  /** Never unlocks: whoever would create or rename a file now waits until the process is gone. */
  private static void removeAll() {
    NAMING.lock();
    for (Path path : OPEN) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException staysUntilTheNextRun) {
        // nobody is left to be told
      }
    }
  }

  static String name(ProcessHandle process, long number) {
    long start = process.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
    return ".kretsim-%d-%d-%d.part".formatted(process.pid(), start, number);
  }

  private static void sweep(Path folder) {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, ".kretsim-*.part")) {
      for (Path file : left) {
        if (isLeftBehind(file.getFileName().toString())) {
          removeUnlessLocked(file);
        }
      }
    } catch (IOException unreadable) {
      // a folder may be writable and yet not be listed
    }
  }

  /** Whether the process that a name tells of is gone. */
  static boolean isLeftBehind(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return false;
    }
    Instant start = Instant.ofEpochMilli(Long.parseLong(matcher.group(2)));
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(matcher.group(1)));
    return process.isEmpty()
        || process
            .get()
            .info()
            .startInstant()
            .filter(began -> Duration.between(began, start).abs().compareTo(SAME_START) > 0)
            .isPresent();
  }

  /** A process in another container is not seen from here, but its lock is. */
  private static void removeUnlessLocked(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | OverlappingFileLockException notOurs) {
      // somebody else may remove it
    }
  }

  private static void lock(FileChannel channel) {
    try {
      FileLock held = channel.tryLock();
      if (held == null) {
        throw new IllegalStateException("a new file is locked");
      }
    } catch (IOException noLocksHere) {
      // then its name alone protects it
    }
  }
}
