package dev.kretsim.image;

import dev.kretsim.arch.choice.Arch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * Lays out a module as the kernel does that loads it: its sections one after the other, with the
 * references between them filled in. What it refers to in the kernel is far away, and unknown.
 */
final class ModuleLoader {
  /** Where modules lie on x86-64; on arm64 nothing here depends on it. */
  private static final long BASE = 0xffff_ffff_c000_1000L;

  /** Where the kernel's own functions are taken to be: in nobody's way. */
  private static final long ELSEWHERE = 0xffff_ffff_a000_0000L;

  private static final int ENTRY_BYTES = 24;
  private static final int SYMBOL_BYTES = 24;
  private static final long MOST_BYTES = 96L << 20;
  private static final long MOST_ALIGNMENT = 1 << 16;

  private final Elf elf;
  private final Map<Integer, Long> base = new HashMap<>();
  private final Map<Integer, byte[]> bytes = new HashMap<>();
  private long end = BASE;

  private ModuleLoader(Elf elf) {
    this.elf = elf;
  }

  /** The addresses of sections, by index. */
  static Map<Integer, Long> load(Elf elf, Layout layout) {
    ModuleLoader loader = new ModuleLoader(elf);
    loader.place(true);
    loader.place(false);
    for (Elf.Section section : elf.sections()) {
      if (section.type() == Elf.Section.RELA && loader.bytes.containsKey(section.info())) {
        loader.relocate(section);
      }
    }
    loader.bytes.forEach((index, own) -> layout.add(loader.base.getOrDefault(index, BASE), own));
    return loader.base;
  }

  private void place(boolean executable) {
    for (Elf.Section section : elf.sections()) {
      if (!section.inMemory() || section.executable() != executable) {
        continue;
      }
      long alignment = Math.min(Math.max(section.alignment(), 1), MOST_ALIGNMENT);
      end = (end + alignment - 1) / alignment * alignment;
      if (section.size() < 0 || end - BASE + section.size() > MOST_BYTES) {
        throw elf.file().problem("more than 96 MiB of sections; expected a kernel module");
      }
      base.put(section.index(), end);
      bytes.put(section.index(), elf.numbers(section).array());
      end += section.size();
    }
  }

  private void relocate(Elf.Section relocations) {
    Elf.Section symbols =
        elf.section(relocations.link())
            .orElseThrow(
                () -> elf.file().problem(relocations.name() + " speaks of no symbols: damaged?"));
    ByteBuffer table = elf.numbers(symbols);
    ByteBuffer entries = elf.numbers(relocations);
    long start = base.getOrDefault(relocations.info(), BASE);
    ByteBuffer own =
        ByteBuffer.wrap(bytes.getOrDefault(relocations.info(), new byte[0]))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + ENTRY_BYTES <= entries.limit(); at += ENTRY_BYTES) {
      long offset = entries.getLong(at);
      long info = entries.getLong(at + 8);
      long target = address(table, info >>> 32) + entries.getLong(at + 16);
      int size = size((int) info);
      if (size == 0) {
        continue; // does not change what kind of instruction it is in
      }
      if (offset < 0 || offset > own.limit() - size) {
        throw elf.file()
            .problem(relocations.name() + ": a reference lies outside of its section: damaged?");
      }
      long value = isRelative((int) info) ? target - (start + offset) : target;
      if (size == Long.BYTES) {
        own.putLong((int) offset, value);
      } else {
        own.putInt((int) offset, (int) value);
      }
    }
  }

  private long address(ByteBuffer symbols, long index) {
    if (index >= symbols.limit() / SYMBOL_BYTES) {
      throw elf.file().problem("a reference is to a symbol that there is not: damaged?");
    }
    int at = (int) index * SYMBOL_BYTES;
    int section = Short.toUnsignedInt(symbols.getShort(at + 6));
    Long start = base.get(section);
    return start == null ? ELSEWHERE : start + symbols.getLong(at + 8);
  }

  /** Bytes that a kind of reference fills in; 0 for those that are left. */
  private int size(int kind) {
    boolean x86 = elf.arch() == Arch.X86_64;
    return switch (kind) {
      case 1, 24 -> x86 ? Long.BYTES : 0; // 64, PC64
      case 2, 4, 10, 11 -> x86 ? Integer.BYTES : 0; // PC32, PLT32, 32, 32S
      case 257, 260 -> x86 ? 0 : Long.BYTES; // ABS64, PREL64
      case 258, 261 -> x86 ? 0 : Integer.BYTES; // ABS32, PREL32
      default -> 0;
    };
  }

  private static boolean isRelative(int kind) {
    return kind == 2 || kind == 4 || kind == 24 || kind == 260 || kind == 261;
  }
}
