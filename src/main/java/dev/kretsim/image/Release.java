package dev.kretsim.image;

import dev.kretsim.image.Tables.Range;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out which release an image was built as: kernels and modules both say so in a string. */
final class Release {
  private static final Pattern STRING =
      Pattern.compile("(?:Linux version |vermagic=)(\\d{1,3}\\.\\d{1,3}[\\w.+~-]{0,60})");
  private static final int BANNER_BYTES = 200;

  /** The string lies among the constants, which are searched piece by piece. */
  private static final int PIECE = 1 << 20;

  private static final long MOST_SEARCHED = 96L << 20;

  private Release() {}

  static Optional<String> of(Loaded loaded, Symbols symbols) {
    Long banner = symbols.address("linux_banner");
    if (banner != null) {
      Optional<String> found = in(loaded.layout().read(banner, BANNER_BYTES));
      if (found.isPresent()) {
        return found;
      }
    }
    Range range = loaded.sections().get(loaded.module() ? ".modinfo" : ".rodata");
    if (range == null && !loaded.memory() && !loaded.text().isEmpty()) {
      range = loaded.text().get(0); // one piece with everything in it
    }
    return range == null ? Optional.empty() : search(loaded.layout(), range);
  }

  private static Optional<String> search(Layout layout, Range range) {
    long end = range.start() + Math.min(range.end() - range.start(), MOST_SEARCHED);
    for (long at = range.start(); Long.compareUnsigned(at, end) < 0; at += PIECE) {
      Optional<String> found = in(layout.read(at, PIECE + BANNER_BYTES));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> in(byte[] bytes) {
    Matcher matcher = STRING.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
