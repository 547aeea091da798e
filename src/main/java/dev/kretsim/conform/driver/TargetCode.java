package dev.kretsim.conform.driver;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.Preemption;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.text.CodeImage;
import dev.kretsim.kernel.text.Symbol;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The driver module's functions whose machine code matters, as recordings have probes inside them:
 * one file for each kernel, which says what the format is.
 */
final class TargetCode {
  /** Functions that call others of which no code was recorded: their bodies are Java. */
  private static final Set<String> HOSTED = Set.of("kro_t_gate", "kro_t_rec", "kro_t_outer");

  private static final int EFAULT = 14;

  /** Between functions of x86-64; those of arm64 are recorded to their last word. */
  private static final byte PADDING = (byte) 0xcc;

  private final List<String> lines;
  private final int hexDigits;

  private TargetCode(Machine machine) {
    this.lines = linesOf(fileOf(machine));
    this.hexDigits = machine.arch() == Arch.X86_64 ? 2 : 8;
  }

  /** Lays the functions out in the machine's text. */
  static void define(Machine machine) {
    TargetCode code = new TargetCode(machine);
    machine.defineImage(code.image());
    for (String line : code.lines) {
      String[] words = line.split(" +");
      if (words[0].equals("fixup")) {
        addFixUp(machine, words);
      }
    }
  }

  /** What {@code get_user} does where the user's address is none: an error, and 0 read. */
  private static void addFixUp(Machine machine, String[] words) {
    long function = machine.symbols().find(words[1]).orElseThrow().address();
    long goesOn = function + Integer.decode(words[3]);
    machine.fixUp(
        function + Integer.decode(words[2]),
        regs -> {
          regs.setInstructionPointer(goesOn);
          regs.setRegister(whole(words[4]), -EFAULT & 0xffff_ffffL);
          regs.setRegister(whole(words[5]), 0);
        });
  }

  /** The register that {@code w0} is the lower half of. */
  private static String whole(String half) {
    return half.replace('w', 'x');
  }

  private static String fileOf(Machine machine) {
    KernelVersion version = machine.version();
    boolean selfBuilt =
        version == KernelVersion.V5_10 && machine.spec().preemption() == Preemption.FULL;
    String arch = machine.arch() == Arch.X86_64 ? "x86_64-" : "arm64-";
    return arch + labelOf(version) + (selfBuilt ? "-full" : "") + ".txt";
  }

  /** Of kernels whose own code was not recorded, that of the one which the module was built as. */
  static String labelOf(KernelVersion version) {
    return switch (version) {
      case V6_0, V6_1_RT -> KernelVersion.V6_1.label();
      case V6_12_RT, V7_3 -> KernelVersion.V6_12.label();
      default -> version.label();
    };
  }

  private CodeImage image() {
    byte[] bytes = new byte[0];
    List<CodeImage.Part> parts = new ArrayList<>();
    for (int at = 0; at < lines.size(); at++) {
      String[] words = lines.get(at).split(" +");
      boolean places = words[0].equals("text") || words[0].equals("data");
      if (places && !HOSTED.contains(words[3])) {
        int offset = Integer.decode(words[1]);
        int size = Integer.decode(words[2]);
        byte[] code = codeFrom(at + 1);
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length, offset + size));
        System.arraycopy(code, 0, bytes, offset, code.length);
        Arrays.fill(bytes, offset + code.length, offset + size, PADDING);
        parts.add(new CodeImage.Part(words[3], offset, size, traitsOf(words)));
      }
    }
    return new CodeImage(bytes, parts);
  }

  private byte[] codeFrom(int first) {
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    for (int at = first; at < lines.size() && lines.get(at).startsWith(" "); at++) {
      for (String hex : lines.get(at).strip().split(" +")) {
        byte[] number = HexFormat.of().parseHex(hex);
        for (int i = hexDigits / 2 - 1; i >= 0; i--) {
          code.write(number[i]);
        }
      }
    }
    return code.toByteArray();
  }

  private static Set<Symbol.Trait> traitsOf(String[] words) {
    if (words[0].equals("data")) {
      return Set.of(Symbol.Trait.DATA);
    }
    return switch (words[4]) {
      case "traceable" -> Set.of(Symbol.Trait.TRACEABLE);
      case "preamble" -> Set.of(Symbol.Trait.NOPROBE);
      default -> Set.of();
    };
  }

  /** The lines of a file beside the recordings' code, without comments and empty ones. */
  static List<String> linesOf(String name) {
    try (InputStream file = TargetCode.class.getResourceAsStream("/conform/" + name)) {
      if (file == null) {
        throw new IllegalStateException("missing from the jar: /conform/" + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
