package dev.kretsim.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.tracefs.event.KnownSymbols;
import dev.kretsim.tracefs.event.TrialKernel;
import dev.kretsim.tracefs.event.Written;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whatever is written to kprobe_events, it is accepted or refused as a kernel refuses. */
class ProbeLinesFuzzIT {
  private static final KnownSymbols SYMBOLS = KnownSymbols.builtIn();
  private static final MachineSpec MACHINE = MachineSpec.of(KernelVersion.newest(), Arch.X86_64, 2);

  @FuzzTest(maxDuration = "1m")
  void linesAreAcceptedOrRefused(byte[] bytes) {
    List<String> lines = new String(bytes, StandardCharsets.ISO_8859_1).lines().toList();
    TrialKernel kernel = new TrialKernel(MACHINE, SYMBOLS, lines);
    for (String line : lines) {
      Written written = kernel.events().write(line);
      kernel.advice(written);
      if (written.accepted() && written.error() != null) {
        throw new AssertionError("accepted and refused at once: " + written);
      }
    }
    kernel.list();
  }
}
