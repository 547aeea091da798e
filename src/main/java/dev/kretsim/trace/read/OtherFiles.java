package dev.kretsim.trace.read;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.text.Line;
import java.util.List;

/** Files that are no text, or none of a trace, as their first bytes tell. */
final class OtherFiles {
  /**
   * A kind of file.
   *
   * @param beginning its first bytes, one a character
   * @param what it is, and what to do with it
   */
  private record Kind(String beginning, String what) {}

  private static final String PICTURE =
      "a picture, not text; write the trace itself into a file: cat trace > trace.txt";

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "PERFILE2", "a perf.data file; print it first: perf script --ns | kretsim plan -"),
          new Kind("\u0017\bDtracing", "a trace.dat file; print it first: trace-cmd report FILE"),
          new Kind("\u0089PNG", PICTURE),
          new Kind("\u00ff\u00d8\u00ff", PICTURE),
          new Kind("GIF8", PICTURE),
          new Kind("RIFF", PICTURE),
          new Kind(
              "PK\u0003\u0004",
              "a zip archive, or a document in one; unpack it, or save its text, and give that"),
          new Kind("BZh", "packed with bzip2, which is not read; unpack it first: bzcat FILE"),
          new Kind(
              "\u0004\"M\u0018",
              "packed with lz4, which is not read; unpack it first: lz4 -dc FILE"),
          new Kind("\u001f\u008b", packedTwice("gzip", "zcat")),
          new Kind("\u00fd7zXZ", packedTwice("xz", "xzcat")),
          new Kind("(\u00b5/\u00fd", packedTwice("zstd", "zstdcat")),
          new Kind(
              "]\u0000\u0000", "packed with lzma, which is not read; unpack it first: lzcat FILE"),
          new Kind("7z\u00bc\u00af", "an archive of 7-Zip; unpack it and give what is in it"),
          new Kind("%PDF-", "a PDF document; copy the text of the trace into a file"),
          new Kind("{\\rtf", "a document in RTF; save it as plain text"),
          new Kind("\u007fELF", "a program or kernel image, not a trace; give what was recorded"),
          new Kind("/* CTF ", "the description of a CTF trace, as LTTng writes; not read"),
          new Kind(
              "\u00c1\u001f\u00fc\u00c1", "a stream of a CTF trace, as LTTng writes; not read"),
          new Kind("SQLite format", "a database, not a trace; give the trace as text"));

  /** Where an archive of tar says that it is one. */
  private static final int TAR_AT = 257;

  private OtherFiles() {}

  /** What is packed once has been unpacked before its first line is seen. */
  private static String packedTwice(String by, String unpack) {
    return "packed twice, the second time with %s; unpack that first: %s FILE"
        .formatted(by, unpack);
  }

  /**
   * Refuses a file by its first line.
   *
   * @throws BadInputException when it tells one of these
   */
  static void refuse(Line first) {
    for (Kind kind : KINDS) {
      if (begins(first, kind.beginning())) {
        throw new BadInputException(kind.what());
      }
    }
    if (first.has("ustar", TAR_AT)) {
      throw new BadInputException("an archive of tar; unpack it and give what is in it");
    }
  }

  private static boolean begins(Line line, String bytes) {
    if (line.length() < bytes.length()) {
      return false;
    }
    for (int i = 0; i < bytes.length(); i++) {
      if (line.at(i) != (byte) bytes.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a line has bytes that stand in no text. */
  static boolean isBinary(Line line) {
    for (int i = 0; i < line.length(); i++) {
      byte b = line.at(i);
      if ((b >= 0 && b < 7) || (b > '\r' && b < 0x1b) || (b > 0x1b && b < ' ')) {
        return true;
      }
    }
    return false;
  }
}
