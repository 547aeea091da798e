package dev.kretsim.image;

import dev.kretsim.files.FileName;
import dev.kretsim.kernel.BadInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code kprobes/blacklist} of debugfs shows: a line each, its ends and the function that
 * begins there. Where the kernel hides addresses, both are 0 and the function is all there is.
 */
record Blacklist(List<Entry> entries) {
  private static final Pattern LINE =
      Pattern.compile("0x([0-9a-fA-F]{1,16})-0x([0-9a-fA-F]{1,16})\\s+(\\S+)(?:\\s+\\[\\S+])?");

  /** At most as many as there may be symbols. */
  private static final int MOST = Symbols.MOST;

  /** A stretch of text that is kept from probes. */
  record Entry(long start, long end, String symbol) {
    boolean hidden() {
      return end == 0;
    }
  }

  static Blacklist read(Path path) {
    if (!Files.isReadable(path) || Files.isDirectory(path)) {
      throw new BadInputException(path + ": no such blacklist");
    }
    List<Entry> entries = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        Matcher words = LINE.matcher(line.strip());
        if (!words.matches() || number > MOST) {
          throw BadInputException.at(
              path.toString(),
              number,
              "expected 0xSTART-0xEND SYMBOL, as in /sys/kernel/debug/kprobes/blacklist");
        }
        entries.add(
            new Entry(
                Long.parseUnsignedLong(words.group(1), 16),
                Long.parseUnsignedLong(words.group(2), 16),
                words.group(3)));
      }
    } catch (IOException problem) {
      throw new BadInputException(path + ": cannot be read: " + FileName.reason(problem));
    }
    return new Blacklist(entries);
  }
}
