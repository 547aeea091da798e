package dev.kretsim.conform;

import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.Machine;
import dev.kretsim.kernel.Preemption;
import dev.kretsim.kernel.Symbol;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The driver module's functions whose machine code matters, as recordings have probes inside them:
 * one file for each architecture, one section for each kernel.
 */
final class TargetCode {
  private static final String TRACEABLE = "kro_t_";
  private static final String PREAMBLE = "__pfx_";

  private TargetCode() {}

  /** Lays the machine's functions out; gives them by name. */
  static Map<String, Symbol> define(Machine machine) {
    Map<String, Symbol> symbols = new HashMap<>();
    for (String line : section(machine)) {
      String[] words = line.split(" +");
      String name = words[0];
      byte[] code =
          HexFormat.of().parseHex(String.join("", List.of(words).subList(2, words.length)));
      symbols.put(name, machine.defineCode(name, code, Integer.parseInt(words[1]), traitsOf(name)));
    }
    return symbols;
  }

  private static Set<Symbol.Trait> traitsOf(String name) {
    if (name.startsWith(PREAMBLE)) {
      return Set.of(Symbol.Trait.NOPROBE);
    }
    return name.startsWith(TRACEABLE) ? Set.of(Symbol.Trait.TRACEABLE) : Set.of();
  }

  private static List<String> section(Machine machine) {
    boolean selfBuilt =
        machine.version() == KernelVersion.V5_10 && machine.spec().preemption() == Preemption.FULL;
    String wanted = "[" + machine.version().label() + (selfBuilt ? " full" : "") + "]";
    List<String> lines = new ArrayList<>();
    boolean inside = false;
    for (String line : linesOf(machine.arch().label() + ".txt")) {
      if (line.startsWith("[")) {
        inside = line.equals(wanted);
      } else if (inside) {
        lines.add(line);
      }
    }
    return lines;
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
