package dev.kretsim.image;

import dev.kretsim.arch.choice.Arch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tables of a 64-bit little-endian ELF file.
 *
 * @param type {@link #RELOCATABLE}, {@link #CORE}, or something linked
 * @param segments none in a relocatable file
 */
record Elf(ImageFile file, Arch arch, int type, List<Section> sections, List<Segment> segments) {
  static final int RELOCATABLE = 1;
  static final int CORE = 4;

  private static final int HEADER_BYTES = 64;
  private static final int SECTION_BYTES = 64;
  private static final int SEGMENT_BYTES = 56;

  /** A module has a few hundred, and a vmlinux with every function apart some ten thousand. */
  private static final long MOST_SECTIONS = 1 << 18;

  /**
   * A section.
   *
   * @param index in the table
   * @param address where it lies, 0 in a relocatable file
   * @param link of which other section it speaks
   */
  record Section(
      int index,
      String name,
      int type,
      long flags,
      long address,
      long offset,
      long size,
      int link,
      int info,
      long alignment) {
    static final int PROGBITS = 1;
    static final int SYMTAB = 2;
    static final int RELA = 4;
    static final int NOBITS = 8;

    boolean inMemory() {
      return (flags & 2) != 0;
    }

    boolean executable() {
      return inMemory() && (flags & 4) != 0;
    }

    long fileSize() {
      return type == NOBITS ? 0 : size;
    }
  }

  /** What is loaded from the file to memory. */
  record Segment(long offset, long address, long fileSize) {}

  static boolean is(byte[] head) {
    return head.length >= 4
        && head[0] == 0x7f
        && head[1] == 'E'
        && head[2] == 'L'
        && head[3] == 'F';
  }

  static Elf read(ImageFile file) {
    ByteBuffer header = file.numbers(0, HEADER_BYTES, "its ELF header");
    if (header.get(4) != 2 || header.get(5) != 1) {
      throw file.problem("a 32-bit or big-endian ELF file; expected x86-64 or arm64");
    }
    int machine = Short.toUnsignedInt(header.getShort(18));
    Arch arch =
        switch (machine) {
          case 62 -> Arch.X86_64;
          case 183 -> Arch.ARM64;
          default ->
              throw file.problem(
                  "an ELF file for machine " + machine + "; expected x86-64 (62) or arm64 (183)");
        };
    int type = Short.toUnsignedInt(header.getShort(16));
    List<Section> sections = sections(file, header);
    int segments = Short.toUnsignedInt(header.getShort(56));
    if (segments == 0xffff && !sections.isEmpty()) {
      segments = sections.get(0).info();
    }
    return new Elf(file, arch, type, sections, segments(file, header.getLong(32), segments));
  }

  private static List<Section> sections(ImageFile file, ByteBuffer header) {
    long at = header.getLong(40);
    if (at == 0) {
      return List.of();
    }
    long count = Short.toUnsignedInt(header.getShort(60));
    int names = Short.toUnsignedInt(header.getShort(62));
    ByteBuffer first = file.numbers(at, SECTION_BYTES, "its table of sections");
    if (count == 0) {
      count = first.getLong(32);
    }
    if (names == 0xffff) {
      names = first.getInt(40);
    }
    if (count < 0 || count > MOST_SECTIONS) {
      throw file.problem("its header tells of %s sections".formatted(Long.toUnsignedString(count)));
    }
    ByteBuffer table = file.numbers(at, count * SECTION_BYTES, "its table of sections");
    byte[] strings = new byte[0];
    if (names >= 0 && names < count) {
      strings =
          file.read(
              table.getLong(names * SECTION_BYTES + 24),
              table.getLong(names * SECTION_BYTES + 32),
              "its table of section names");
    }
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ByteBuffer one = table.slice(i * SECTION_BYTES, SECTION_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      sections.add(
          new Section(
              i,
              string(strings, one.getInt(0)),
              one.getInt(4),
              one.getLong(8),
              one.getLong(16),
              one.getLong(24),
              one.getLong(32),
              one.getInt(40),
              one.getInt(44),
              one.getLong(48)));
    }
    return sections;
  }

  private static List<Segment> segments(ImageFile file, long at, int count) {
    if (at == 0 || count <= 0) {
      return List.of();
    }
    ByteBuffer table =
        file.numbers(at, (long) count * SEGMENT_BYTES, "its table of program headers");
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int own = i * SEGMENT_BYTES;
      if (table.getInt(own) == 1) { // PT_LOAD
        segments.add(
            new Segment(table.getLong(own + 8), table.getLong(own + 16), table.getLong(own + 32)));
      }
    }
    return segments;
  }

  /** The string that begins there, up to its NUL. */
  static String string(byte[] strings, int at) {
    if (at < 0 || at >= strings.length) {
      return "";
    }
    int end = at;
    while (end < strings.length && strings[end] != 0) {
      end++;
    }
    return new String(strings, at, end - at, StandardCharsets.ISO_8859_1);
  }

  Optional<Section> section(String name) {
    return sections.stream().filter(section -> section.name().equals(name)).findFirst();
  }

  Optional<Section> section(int index) {
    return index >= 0 && index < sections.size()
        ? Optional.of(sections.get(index))
        : Optional.empty();
  }

  ByteBuffer numbers(Section section) {
    return file.numbers(section.offset(), section.fileSize(), "section " + section.name());
  }
}
