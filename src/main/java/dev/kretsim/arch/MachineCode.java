package dev.kretsim.arch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Compiled functions that come with kretsim, with their C source beside them. They refer to each
 * other by distance only, and to nothing else: so they run anywhere, if kept together.
 *
 * @param functions in the order of their offsets
 * @param fields offsets in bytes of struct members, such as {@code "request_queue.elevator"}
 */
public record MachineCode(List<Function> functions, Map<String, Integer> fields) {
  /** The ways in which a kernel may be configured to start its functions. */
  public enum Variant {
    /** With nothing of its own. */
    PLAIN("plain"),
    /** With a nop of 5 bytes, for ftrace. */
    FTRACE("ftrace"),
    /** With an {@code endbr64}, for indirect branch tracking. */
    IBT("ibt"),
    /** With an {@code endbr64} and then a nop for ftrace. */
    IBT_FTRACE("ibt-ftrace");

    private final String label;

    Variant(String label) {
      this.label = label;
    }
  }

  /**
   * A function.
   *
   * @param offset in bytes from where all functions start
   * @param code its bytes; not to be changed
   * @param lengths bytes of each of its instructions, as objdump measures them
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes of a text: nobody compares them
  public record Function(String name, int offset, byte[] code, List<Integer> lengths) {}

  /**
   * Copies the list and the map.
   *
   * @param functions in the order of their offsets
   * @param fields offsets in bytes of struct members, such as {@code "request_queue.elevator"}
   */
  public MachineCode {
    functions = List.copyOf(functions);
    fields = Map.copyOf(fields);
  }

  /**
   * {@return {@code queue_ra_show(struct request_queue *q, char *page)} and what it calls, for
   * x86-64}
   *
   * @param variant how the kernel is configured
   */
  public static MachineCode queueRaShow(Variant variant) {
    List<Function> functions = new ArrayList<>();
    Map<String, Integer> fields = new HashMap<>();
    for (String line : lines("/machine-code/queue_ra_show.txt")) {
      String[] column = line.split(" ", -1);
      if (column[0].equals("field")) {
        fields.put(column[1], Integer.decode(column[2]));
      } else if (column[0].equals(variant.label)) {
        List<Integer> lengths = column[4].chars().mapToObj(c -> Character.digit(c, 16)).toList();
        byte[] code = HexFormat.of().parseHex(column[3]);
        functions.add(new Function(column[1], Integer.decode(column[2]), code, lengths));
      }
    }
    return new MachineCode(functions, fields);
  }

  /**
   * {@return the function of that name}
   *
   * @param name such as {@code "queue_ra_show"}
   * @throws IllegalArgumentException if there is none
   */
  public Function function(String name) {
    return functions.stream()
        .filter(function -> function.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such function: " + name));
  }

  /**
   * {@return where a struct has a member, in bytes}
   *
   * @param member such as {@code "request_queue.elevator"}
   * @throws IllegalArgumentException if it has none
   */
  public int field(String member) {
    Integer offset = fields.get(member);
    if (offset == null) {
      throw new IllegalArgumentException("no such field: " + member);
    }
    return offset;
  }

  /** {@return all functions at their offsets, as one stretch of bytes with int3 between them} */
  public byte[] text() {
    Function last = functions.get(functions.size() - 1);
    byte[] text = new byte[last.offset() + last.code().length];
    Arrays.fill(text, (byte) 0xcc);
    for (Function function : functions) {
      System.arraycopy(function.code(), 0, text, function.offset(), function.code().length);
    }
    return text;
  }

  private static List<String> lines(String resource) {
    try (InputStream bytes = MachineCode.class.getResourceAsStream(resource)) {
      if (bytes == null) {
        throw new IllegalStateException("missing from the jar: " + resource);
      }
      return new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
