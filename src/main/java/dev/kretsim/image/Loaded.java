package dev.kretsim.image;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.image.Tables.Range;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An image as it lies in memory.
 *
 * @param module whether it is a module's file
 * @param memory whether it was taken from memory: patched as booted
 * @param symbols empty if it brings none
 * @param sections where each section lies, by name
 * @param text what can be executed
 * @param words what is filled in at start, by address
 */
record Loaded(
    ImageFile file,
    Arch arch,
    boolean module,
    boolean memory,
    Layout layout,
    Symbols symbols,
    Map<String, Range> sections,
    List<Range> text,
    Map<Long, Long> words) {
  private static final int RELATIVE_ARM64 = 1027;

  static Loaded of(ImageFile file, @Nullable Symbols given) {
    byte[] head = file.head(64);
    if (Elf.is(head)) {
      Elf elf = Elf.read(file);
      return elf.type() == Elf.RELOCATABLE ? module(elf) : linked(elf);
    }
    boolean arm64 = head.length == 64 && head[56] == 'A' && head[57] == 'R' && head[58] == 'M';
    Long start = given == null ? null : given.address("_text");
    if (arm64 && start == null) {
      throw file.problem(
          "an arm64 Image has no symbols; --symbols FILE must have _text: its System.map does");
    }
    if (!arm64 || start == null) {
      throw file.problem(
          "neither an ELF file nor a bzImage or arm64 Image; expected vmlinux, vmlinuz, a module"
              + " or a dump of /proc/kcore");
    }
    Layout layout = new Layout(file);
    layout.add(start, 0, file.size());
    return new Loaded(
        file,
        Arch.ARM64,
        false,
        false,
        layout,
        new Symbols(List.of()),
        Map.of(),
        List.of(new Range(start, start + file.size())),
        Map.of());
  }

  private static Loaded module(Elf elf) {
    Layout layout = new Layout(elf.file());
    Map<Integer, Long> base = ModuleLoader.load(elf, layout);
    Map<String, Range> sections = new HashMap<>();
    List<Range> text = new ArrayList<>();
    for (Elf.Section section : elf.sections()) {
      Long start = base.get(section.index());
      if (start != null) {
        add(section, start, sections, text);
      }
    }
    return new Loaded(
        elf.file(),
        elf.arch(),
        true,
        false,
        layout,
        Symbols.of(elf, base),
        sections,
        text,
        Map.of());
  }

  private static Loaded linked(Elf elf) {
    Layout layout = new Layout(elf.file());
    Map<String, Range> sections = new HashMap<>();
    List<Range> text = new ArrayList<>();
    boolean memory = elf.type() == Elf.CORE;
    for (Elf.Section section : elf.sections()) {
      if (section.inMemory() && section.address() != 0) {
        layout.add(section.address(), section.offset(), section.fileSize());
        add(section, section.address(), sections, text);
      }
    }
    if (text.isEmpty()) {
      for (Elf.Segment segment : elf.segments()) {
        layout.add(segment.address(), segment.offset(), segment.fileSize());
        text.add(new Range(segment.address(), segment.address() + segment.fileSize()));
      }
    }
    if (text.isEmpty()) {
      throw elf.file()
          .problem("no text in it; expected vmlinux, a module or a dump of /proc/kcore");
    }
    return new Loaded(
        elf.file(),
        elf.arch(),
        false,
        memory,
        layout,
        Symbols.of(elf, Map.of()),
        sections,
        text,
        elf.arch() == Arch.ARM64 ? filledIn(elf, sections) : Map.of());
  }

  private static void add(
      Elf.Section section, long start, Map<String, Range> sections, List<Range> text) {
    Range range = new Range(start, start + section.size());
    sections.putIfAbsent(section.name(), range);
    if (section.executable()) {
      text.add(range);
    }
  }

  /** The words of an arm64 kernel that relocate themselves, in the section of tables. */
  private static Map<Long, Long> filledIn(Elf elf, Map<String, Range> sections) {
    Range tables = sections.get(".init.data");
    Map<Long, Long> words = new HashMap<>();
    for (Elf.Section section : elf.sections()) {
      if (section.type() != Elf.Section.RELA || !section.inMemory() || tables == null) {
        continue;
      }
      var entries = elf.numbers(section);
      for (int at = 0; at + 24 <= entries.limit(); at += 24) {
        long place = entries.getLong(at);
        boolean wanted =
            Long.compareUnsigned(place, tables.start()) >= 0
                && Long.compareUnsigned(place, tables.end()) < 0;
        if (wanted && (int) entries.getLong(at + 8) == RELATIVE_ARM64) {
          words.put(place, entries.getLong(at + 16));
        }
      }
    }
    return words;
  }

  /** The tables of what the kernel knows, found by the symbols around them or as sections. */
  Map<String, Range> tables(Symbols all) {
    Map<String, Range> found = new HashMap<>();
    for (String name : Tables.SECTIONS) {
      Range range = between(all, marks(name));
      Range section = sections.get(name);
      if (range != null) {
        found.put(name, range);
      } else if (section != null) {
        found.put(name, section);
      }
    }
    Range patchable = sections.get("__patchable_function_entries");
    if (patchable != null && module) {
      found.putIfAbsent("__mcount_loc", patchable);
    }
    return found;
  }

  private static String[] marks(String table) {
    return switch (table) {
      case ".altinstructions" -> new String[] {"__alt_instructions", "__alt_instructions_end"};
      case ".return_sites" -> new String[] {"__return_sites", "__return_sites_end"};
      case ".retpoline_sites" -> new String[] {"__retpoline_sites", "__retpoline_sites_end"};
      case "_kprobe_blacklist" ->
          new String[] {"__start_kprobe_blacklist", "__stop_kprobe_blacklist"};
      case "__mcount_loc" -> new String[] {"__start_mcount_loc", "__stop_mcount_loc"};
      case ".static_call_sites" ->
          new String[] {"__start_static_call_sites", "__stop_static_call_sites"};
      default -> new String[] {"__start_" + table, "__stop_" + table};
    };
  }

  /** What lies between two symbols; null if there are none. */
  static @Nullable Range between(Symbols symbols, String... marks) {
    Long start = symbols.address(marks[0]);
    Long end = symbols.address(marks[1]);
    return start == null || end == null || Long.compareUnsigned(start, end) > 0
        ? null
        : new Range(start, end);
  }

  /**
   * Text that is there once the kernel runs, in memory with its modules: not what only starts it.
   */
  List<Range> coreText(Symbols all) {
    Range core = between(all, "_stext", "_etext");
    if (core != null && !module && !memory) {
      return List.of(core);
    }
    Set<Range> initial = new HashSet<>();
    sections.forEach(
        (name, range) -> {
          boolean goes = name.startsWith(".init") || name.startsWith(".altinstr");
          if (goes || !module && name.startsWith(".exit")) {
            initial.add(range);
          }
        });
    return text.stream().filter(range -> !initial.contains(range)).toList();
  }
}
