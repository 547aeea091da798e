package dev.kretsim.command.events;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.console.Kernels;
import dev.kretsim.console.Out;
import dev.kretsim.image.FtraceNop;
import dev.kretsim.image.ImagePoints;
import dev.kretsim.image.KernelImage;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.kernel.text.KernelText;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.kernel.text.TextMarks;
import dev.kretsim.probe.registry.PointTrials;
import dev.kretsim.report.events.PointsReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Probe points of an image, or of bytes. */
final class PointOptions {
  /** The rest of the command line, as far as points depend on it; null where it was not given. */
  record Asked(
      List<String> operands,
      @Nullable KernelVersion kernel,
      @Nullable Arch arch,
      @Nullable Path symbols,
      Out form) {}

  /** A function, and the one offset in it that is asked for, if one is. */
  private record Place(String symbol, OptionalInt offset) {}

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--image",
      paramLabel = "FILE",
      description = "A kernel: vmlinux, vmlinuz, module.ko, a dump of /proc/kcore; - is stdin.")
  private @Nullable String image;

  @Option(names = "--bytes", paramLabel = "HEX", description = "A function's bytes, with --symbol.")
  private @Nullable String bytes;

  @Option(names = "--symbol", paramLabel = "NAME", description = "Whose bytes those are.")
  private @Nullable String symbol;

  @Option(
      names = "--blacklist",
      paramLabel = "FILE",
      description = "That kernel's /sys/kernel/debug/kprobes/blacklist.")
  private @Nullable Path blacklist;

  boolean given() {
    if (image == null && bytes == null && (symbol != null || blacklist != null)) {
      throw new BadInputException("--symbol goes with --bytes, --blacklist with --image");
    }
    return image != null || bytes != null;
  }

  /** Prints the points; whether all that were asked for one by one are accepted. */
  boolean check(Asked asked, BiFunction<KernelVersion, Arch, MachineSpec> machines) {
    if (image != null) {
      if (bytes != null || symbol != null) {
        throw new BadInputException("give --image, or --bytes and --symbol, not both");
      }
      return ofImage(image, asked, machines);
    }
    if (bytes == null || symbol == null || asked.symbols() != null || blacklist != null) {
      throw new BadInputException(
          "--bytes HEX needs --symbol NAME, and neither --symbols nor --blacklist");
    }
    return ofBytes(bytes, symbol, asked, machines);
  }

  private boolean ofImage(
      String file, Asked asked, BiFunction<KernelVersion, Arch, MachineSpec> machines) {
    List<Place> places = asked.operands().stream().map(PointOptions::place).toList();
    try (KernelImage kernel = KernelImage.open(file, System.in, asked.symbols())) {
      if (asked.arch() != null && asked.arch() != kernel.arch()) {
        throw new BadInputException(
            "--arch is %s, but %s is for %s"
                .formatted(asked.arch().label(), file, kernel.arch().label()));
      }
      MachineSpec machine = machine(kernel, asked, machines);
      ImagePoints points = new ImagePoints(kernel, machine, blacklist);
      List<KernelImage.Function> all = places.isEmpty() ? kernel.functions() : List.of();
      List<List<KernelImage.Function>> named =
          places.stream().map(place -> within(kernel.named(place.symbol()), place)).toList();
      remark(kernel, points);
      PointsReport report = report(machine, asked, places.isEmpty());
      all.forEach(function -> report.add(points.on(function), OptionalInt.empty()));
      for (int i = 0; i < places.size(); i++) {
        OptionalInt offset = places.get(i).offset();
        named.get(i).forEach(function -> report.add(points.on(function), offset));
      }
      return report.finish();
    }
  }

  private static List<KernelImage.Function> within(
      List<KernelImage.Function> functions, Place place) {
    functions.forEach(function -> requireWithin(place, function.size()));
    return functions;
  }

  private MachineSpec machine(
      KernelImage kernel, Asked asked, BiFunction<KernelVersion, Arch, MachineSpec> machines) {
    KernelVersion version = asked.kernel();
    if (version == null) {
      Optional<String> release = kernel.release();
      version = release.map(one -> Kernels.of(one, spec)).orElse(KernelVersion.newest());
      if (release.isEmpty()) {
        say(
            "the image does not say which kernel it is; --kernel does: taken for "
                + version.label());
      }
    }
    MachineSpec usual = machines.apply(version, kernel.arch());
    return new MachineSpec(
        usual.version(),
        usual.arch(),
        usual.preemption(),
        usual.possibleCpus(),
        usual.onlineCpus(),
        usual.branchTracking() || kernel.branchTracking());
  }

  private void remark(KernelImage kernel, ImagePoints points) {
    say("symbols from " + kernel.symbolSource());
    if (!points.knowsFtraceSites()) {
      say("no table of ftrace sites here: they are told by their nops");
    }
    if (!kernel.fromMemory()) {
      say(
          "bytes as in the file; boot patches alternatives, static calls, jump labels and returns:"
              + " a dump of /proc/kcore shows what is in memory");
    }
  }

  private void say(String remark) {
    spec.commandLine().getErr().println("kretsim: " + remark);
  }

  private boolean ofBytes(
      String hex, String name, Asked asked, BiFunction<KernelVersion, Arch, MachineSpec> machines) {
    byte[] code = parsed(hex);
    MachineSpec machine =
        machines.apply(
            asked.kernel() == null ? KernelVersion.newest() : asked.kernel(),
            asked.arch() == null ? Arch.X86_64 : asked.arch());
    boolean traceable = FtraceNop.isAt(machine.arch(), code);
    PointTrials trials =
        PointTrials.on(
            machine,
            name,
            KernelText.USUAL_BASE,
            code,
            code.length,
            traceable ? Set.of(Symbol.Trait.TRACEABLE) : Set.of(),
            new TextMarks());
    List<Place> places = new ArrayList<>();
    for (String operand : asked.operands()) {
      Place place = place(operand.startsWith("+") ? name + operand : operand);
      if (!place.symbol().equals(name)) {
        throw new BadInputException(operand + ": the bytes are those of " + name);
      }
      requireWithin(place, code.length);
      places.add(place);
    }
    say("blacklist, jump labels, static calls and fault tables do not show in bytes");
    PointsReport report = report(machine, asked, false);
    if (places.isEmpty()) {
      report.add(trials, OptionalInt.empty());
    }
    places.forEach(place -> report.add(trials, place.offset()));
    return report.finish();
  }

  private static byte[] parsed(String hex) {
    String digits = hex.replaceAll("\\s", "");
    try {
      byte[] code = HexFormat.of().parseHex(digits);
      if (code.length >= 1 && code.length <= KernelImage.LONGEST_FUNCTION) {
        return code;
      }
    } catch (IllegalArgumentException notHex) {
      // said below
    }
    throw new BadInputException(
        "--bytes must be pairs of hex digits, such as f30f1efa0f1f440000c3: "
            + (hex.length() > 40 ? hex.substring(0, 40) + "..." : hex));
  }

  private static void requireWithin(Place place, int size) {
    if (place.offset().isPresent() && place.offset().getAsInt() >= size) {
      throw new BadInputException(
          "%s+%d: offset must be in [0, %d), as the function has so many bytes"
              .formatted(place.symbol(), place.offset().getAsInt(), size));
    }
  }

  private PointsReport report(MachineSpec machine, Asked asked, boolean all) {
    PointsReport.Form form = all ? PointsReport.Form.FUNCTIONS : PointsReport.Form.POINTS;
    return new PointsReport(
        spec.commandLine().getOut(),
        machine,
        asked.form() == Out.JSON ? PointsReport.Form.JSON : form);
  }

  private static Place place(String operand) {
    int plus = operand.lastIndexOf('+');
    if (plus < 0) {
      return new Place(operand, OptionalInt.empty());
    }
    try {
      int offset = Integer.decode(operand.substring(plus + 1));
      if (offset >= 0 && plus > 0) {
        return new Place(operand.substring(0, plus), OptionalInt.of(offset));
      }
    } catch (NumberFormatException notANumber) {
      // said below
    }
    throw new BadInputException(
        operand + ": expected SYMBOL or SYMBOL+OFFSET, such as vfs_read+0x4 or vfs_read+4");
  }
}
