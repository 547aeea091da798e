package dev.kretsim.arch.arm64;

import static java.util.Objects.requireNonNull;

import dev.kretsim.arch.MappedMemory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The recorded target functions, placed at {@link #BASE}. */
record Image(Map<String, Piece> pieces) {
  static final long BASE = 0xffff_8000_0100_0000L;
  static final long END = BASE + 0x10000;

  record Piece(int offset, byte[] code, String kind) {}

  static Image of(String kernel) {
    Map<String, Piece> pieces = new LinkedHashMap<>();
    String name = "/conform/arm64-" + kernel + ".txt";
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Image.class.getResourceAsStream(name), StandardCharsets.UTF_8))) {
      String last = "";
      int filled = 0;
      for (String line : reader.lines().toList()) {
        List<String> words = Arrays.asList(line.trim().split(" +"));
        if (line.startsWith("text ") || line.startsWith("data ")) {
          int size = Integer.decode(words.get(2));
          last = words.get(3);
          filled = 0;
          String kind = words.size() > 4 ? words.get(4) : "data";
          pieces.put(last, new Piece(Integer.decode(words.get(1)), new byte[size], kind));
        } else if (line.startsWith("  ")) {
          byte[] code = requireNonNull(pieces.get(last)).code;
          for (String hex : words) {
            int word = Integer.parseUnsignedInt(hex, 16);
            for (int i = 0; i < 4; i++) {
              code[filled++] = (byte) (word >>> (8 * i));
            }
          }
          if (filled > code.length) {
            throw new IllegalStateException(last + " has more words than its size");
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Image(pieces);
  }

  private Piece piece(String name) {
    return requireNonNull(pieces.get(name), name);
  }

  long address(String name) {
    return BASE + piece(name).offset;
  }

  byte[] code(String name) {
    return piece(name).code;
  }

  void load(MappedMemory memory) {
    memory.map(BASE, END - BASE, false);
    pieces.values().forEach(piece -> memory.put(BASE + piece.offset, piece.code));
  }
}
