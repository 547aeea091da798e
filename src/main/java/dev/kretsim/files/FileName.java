package dev.kretsim.files;

import dev.kretsim.kernel.BadInputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;

/** Names of files as people type them, and what is wrong with one in a few words. */
public final class FileName {
  private FileName() {}

  /**
   * The file of that name.
   *
   * @throws BadInputException if it can be no file's name here; under {@code LANG=C} a name with
   *     other letters than ASCII cannot
   */
  public static Path of(String name) {
    if (name.isEmpty()) {
      throw new BadInputException("the name of a file is empty; expected a file");
    }
    try {
      return Path.of(name);
    } catch (InvalidPathException refused) {
      boolean ascii = name.chars().allMatch(c -> c < 0x80);
      throw new BadInputException(
          name
              + ": not a file name"
              + (ascii
                  ? ": " + refused.getReason()
                  : " in this locale, whose letters are "
                      + System.getProperty("sun.jnu.encoding", "ASCII")
                      + "; set LC_ALL=C.UTF-8"));
    }
  }

  /** Why a file could not be used, without its name: {@code permission denied}. */
  public static String reason(IOException problem) {
    if (problem instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (problem instanceof NoSuchFileException) {
      return "no such file";
    }
    if (problem instanceof NotDirectoryException) {
      return "not a directory";
    }
    if (problem instanceof FileAlreadyExistsException) {
      return "a file is there";
    }
    if (problem instanceof FileSystemLoopException) {
      return "a symbolic link leads back to it";
    }
    if (problem instanceof CharacterCodingException) {
      return "it is no UTF-8";
    }
    if (problem instanceof DirectoryNotEmptyException) {
      return "is a directory";
    }
    String text =
        problem instanceof FileSystemException
            ? ((FileSystemException) problem).getReason()
            : problem.getMessage();
    if (text == null || text.isBlank()) {
      return "it cannot be used";
    }
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  /** Whether nobody reads any more what was written to. */
  public static boolean isBrokenPipe(IOException problem) {
    return reason(problem).toLowerCase(Locale.ROOT).contains("broken pipe");
  }
}
