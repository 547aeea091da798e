package dev.kretsim.probe.site;

import dev.kretsim.arch.Instruction;
import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.text.KernelText;
import dev.kretsim.kernel.text.Symbol;
import java.util.Arrays;

/**
 * Finds the entries of formatted warnings in the bug table of x86-64 from 7.3 on: the address
 * behind the {@code lea} of the entry into {@code rdi}, ahead of the {@code ud1} that reports it.
 *
 * <p><b>Source.</b> Recordings of 7.3: five such addresses are refused with {@code EINVAL}.
 */
final class WarnEntry {
  private static final byte[] LOAD = {0x48, (byte) 0x8d, 0x3d};
  private static final int LOAD_BYTES = 7;
  private static final byte[] REPORT = {0x67, 0x48, 0x0f, (byte) 0xb9, 0x3a};

  /** Farthest from the entry to the report; at most 12 bytes were recorded. */
  private static final int REACH = 32;

  private WarnEntry() {}

  static boolean isAt(long address, Symbol symbol, Machine machine) {
    if (machine.arch() != Arch.X86_64
        || machine.version().compareTo(KernelVersion.V7_3) < 0
        || address - LOAD_BYTES < symbol.address()) {
      return false;
    }
    KernelText text = machine.text();
    return Arrays.equals(text.readCompiled(address - LOAD_BYTES, LOAD.length), LOAD)
        && reportFollows(address, symbol, text);
  }

  private static boolean reportFollows(long address, Symbol symbol, KernelText text) {
    long end = Math.min(address + REACH, symbol.address() + symbol.size() - REPORT.length);
    for (long at = address; at <= end; ) {
      if (Arrays.equals(text.readCompiled(at, REPORT.length), REPORT)) {
        return true;
      }
      Instruction instruction = text.instructionAt(at);
      if (instruction == null || instruction.effect() != Instruction.Effect.NONE) {
        return false;
      }
      at += instruction.length();
    }
    return false;
  }
}
