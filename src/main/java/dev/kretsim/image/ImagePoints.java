package dev.kretsim.image;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.image.Tables.Range;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.kernel.text.Symbol.Trait;
import dev.kretsim.kernel.text.TextMarks;
import dev.kretsim.kernel.text.TextMarks.Mark;
import dev.kretsim.probe.registry.PointTrials;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tries probes on functions of an image, as a kernel of a given version would take them: with what
 * the image's own tables say of its text.
 */
public final class ImagePoints {
  /** An instruction may end in the next function. */
  private static final int LONGEST_INSTRUCTION = 15;

  private final KernelImage image;
  private final MachineSpec spec;
  private final TextMarks marks = new TextMarks();
  private final Set<Long> traced;
  private final boolean tracedKnown;
  private final List<Range> core;

  /**
   * Reads what the image knows of its text.
   *
   * @param spec the machine; of the image's architecture
   * @param blacklist as debugfs shows it; null for what the image itself says
   */
  public ImagePoints(KernelImage image, MachineSpec spec, @Nullable Path blacklist) {
    this.image = image;
    this.spec = spec;
    Loaded loaded = image.loaded();
    this.core = loaded.coreText(image.symbols());
    List<Range> text = loaded.text();
    Tables tables =
        new Tables(
            image.arch(),
            loaded.layout(),
            loaded.tables(image.symbols()),
            address -> isIn(text, address),
            loaded.words());
    tables.mark(marks);
    traced = tables.traced();
    tracedKnown = tables.knowsTraced();
    for (long address : tables.blacklisted()) {
      markFunction(address);
    }
    keptFromProbes().forEach(range -> marks.add(Mark.BLACKLIST, range.start(), range.end()));
    if (blacklist != null) {
      mark(Blacklist.read(blacklist));
    }
  }

  /** Text that as a whole is kept from probes, as it runs where they cannot. */
  private List<Range> keptFromProbes() {
    Loaded loaded = image.loaded();
    List<String> parts = new ArrayList<>(List.of("kprobes", "noinstr", "entry"));
    if (image.arch() == Arch.ARM64) {
      parts.addAll(List.of("irqentry", "hyp", "hyp_idmap"));
      if (spec.version().compareTo(KernelVersion.V6_1_RT) <= 0) {
        parts.add("idmap");
      }
    }
    List<Range> ranges = new ArrayList<>();
    for (String part : parts) {
      Range range =
          Loaded.between(
              image.symbols(), "__%s_text_start".formatted(part), "__%s_text_end".formatted(part));
      Range section = loaded.sections().get(".%s.text".formatted(part));
      if (range != null) {
        ranges.add(range);
      } else if (section != null) {
        ranges.add(section);
      }
    }
    return ranges;
  }

  private void mark(Blacklist list) {
    for (Blacklist.Entry entry : list.entries()) {
      List<ImageSymbol> named = image.symbols().named(entry.symbol());
      for (ImageSymbol symbol : named) {
        // Where a kernel is booted elsewhere than it was linked for, whole pages are between.
        boolean same =
            entry.hidden()
                || named.size() == 1
                || ((symbol.address() ^ entry.start()) & 0xfff) == 0;
        if (entry.hidden()) {
          markFunction(symbol.address());
        } else if (same) {
          marks.add(
              Mark.BLACKLIST, symbol.address(), symbol.address() + entry.end() - entry.start());
        }
      }
    }
  }

  private void markFunction(long address) {
    Long next = image.symbols().behind(address);
    long end = next == null ? address + image.loaded().layout().extent(address) : next;
    marks.add(Mark.BLACKLIST, address, end);
  }

  private static boolean isIn(List<Range> ranges, long address) {
    for (Range range : ranges) {
      if (Long.compareUnsigned(address, range.start()) >= 0
          && Long.compareUnsigned(address, range.end()) < 0) {
        return true;
      }
    }
    return false;
  }

  /** {@return what is known of the text} */
  public TextMarks marks() {
    return marks;
  }

  /** {@return whether the image says which functions ftrace has sites in} */
  public boolean knowsFtraceSites() {
    return tracedKnown;
  }

  /** {@return a function to try probes on} */
  public PointTrials on(KernelImage.Function function) {
    long address = function.address();
    byte[] code =
        image.loaded().layout().read(address, (long) function.size() + LONGEST_INSTRUCTION);
    TextMarks own = new TextMarks();
    own.addAll(marks, address, address + code.length);
    if (!isIn(core, address)) {
      Mark gone = image.loaded().module() ? Mark.MODULE_INIT : Mark.NO_TEXT;
      own.add(gone, address, address + function.size());
    }
    if (isCloneOfBlacklisted(function.name())) {
      own.add(Mark.BLACKLIST, address, address + function.size());
    }
    boolean traceable = tracedKnown ? hasSite(address) : FtraceNop.isAt(spec.arch(), code);
    return PointTrials.on(
        spec,
        function.name(),
        address,
        code,
        function.size(),
        traceable ? Set.of(Trait.TRACEABLE) : Set.of(),
        own);
  }

  /** The table has the first of the nops, which may lie behind a landing pad. */
  private boolean hasSite(long address) {
    return traced.contains(address)
        || traced.contains(address + 4)
        || (spec.arch() == Arch.ARM64 && traced.contains(address + 8));
  }

  private boolean isCloneOfBlacklisted(String name) {
    int dot = name.indexOf('.');
    Long whole = dot > 0 ? image.symbols().address(name.substring(0, dot)) : null;
    return whole != null && marks.has(Mark.BLACKLIST, whole);
  }
}
