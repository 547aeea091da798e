package dev.kretsim.tracefs.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.probe.Errno;
import dev.kretsim.tracefs.fetch.TraceError;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where lines put their probes: modules, addresses, and symbols of a file. */
class PlacesTest {
  private static final String SYMBOLS =
      """
      ffffffff81002000 t init_once
      ffffffff81003000 t init_once
      ffffffff81004000 T vfs_read
      ffffffff81005000 T vfs_write
      ffffffff81006000 D jiffies
      ffffffffc0001000 t init_once\t[ext4]
      ffffffffc0002000 t helper\t[ext4]
      ffffffffc0003000 t helper\t[xfs]
      ffffffffc0003100 t only\t[xfs]
      """;

  private static TrialKernel kernel(KernelVersion version, String... lines) throws IOException {
    KnownSymbols symbols = KnownSymbols.read("kallsyms", new StringReader(SYMBOLS));
    return new TrialKernel(MachineSpec.of(version, Arch.X86_64, 2), symbols, List.of(lines));
  }

  private static Written builtIn(KernelVersion version, String line) {
    MachineSpec machine = MachineSpec.of(version, Arch.X86_64, 2);
    return new TrialKernel(machine, KnownSymbols.builtIn(), List.of(line)).events().write(line);
  }

  @ParameterizedTest
  @CsvSource({
    "ext4:init_once, ",
    "ext4:helper, ",
    "xfs:helper, ",
    "only, ",
    "init_once, NON_UNIQ_SYMBOL",
    "helper, NON_UNIQ_SYMBOL",
    "ext4:only, BAD_PROBE_ADDR",
  })
  void aNamedModuleAloneIsSearched(String place, String error) throws IOException {
    for (KernelVersion version : KernelVersion.values()) {
      Written written = kernel(version, "p:e " + place).events().write("p:e " + place);
      assertThat(written.error()).isEqualTo(error == null ? null : TraceError.valueOf(error));
    }
  }

  @Test
  void adviceNamesTheModuleThatHasTheFunction() throws IOException {
    String line = "p:e ext4:only";
    TrialKernel trial = kernel(KernelVersion.V6_12, line);
    assertThat(trial.advice(trial.events().write(line)))
        .isEqualTo("only is not in ext4 but in xfs");
  }

  @ParameterizedTest
  @CsvSource({
    "r:e 0xffffffff81004000, r10:kprobes/e 0xffffffff81004000",
    "r:e 0xffffffff81004004, r10:kprobes/e 0xffffffff81004004",
    "r:e 0xffffffff81004001, ",
    "r:e 0xffffffff81004800, ",
    "p:e 0xffffffff81004800, p:kprobes/e 0xffffffff81004800",
    "p:e 0xffffffff81006000, ",
    "r:e vfs_read+0x1000, r10:kprobes/e vfs_read+4096",
    "r:e vfs_read+0x800, ",
    "p:e vfs_read+0x800, p:kprobes/e vfs_read+2048",
  })
  void aSymbolFileTellsWhatLiesAtAnAddress(String line, String readback) throws IOException {
    assertThat(kernel(KernelVersion.V6_12, line).events().write(line).readback())
        .isEqualTo(readback);
  }

  @ParameterizedTest
  @CsvSource({"V5_10, EINVAL", "V6_1, EINVAL", "V6_12, EILSEQ", "V7_3, EILSEQ"})
  void farBehindAFunctionNoProbeIsTaken(KernelVersion version, Errno errno) {
    assertThat(builtIn(version, "p:e vfs_read+99999").errno()).isEqualTo(errno);
  }

  @Test
  void whatIsNotCheckedIsSaid() throws IOException {
    for (String line : List.of("p:e nomod:f", "r:e 0x1000")) {
      TrialKernel trial = kernel(KernelVersion.V6_12, line);
      assertThat(trial.advice(trial.events().write(line))).contains("nothing is checked");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aModuleThatIsNotLoadedIsWaitedForAtAnyOffset(KernelVersion version) {
    for (String place : List.of("nomod:foo", "nomod:foo+8", "nomod:vfs_read")) {
      assertThat(builtIn(version, "r:e " + place).readback()).isEqualTo("r:kprobes/e " + place);
    }
  }

  @Test
  void whetherAnUnknownPlaceIsAnEntryIsNotKnownYet() {
    assertThat(builtIn(KernelVersion.V6_12, "p:e nomod:foo $arg1").error())
        .isEqualTo(TraceError.NOFENTRY_ARGS);
    assertThat(builtIn(KernelVersion.V6_12, "p:e vfs_read;p:f vfs_read").errno())
        .isEqualTo(Errno.EINVAL);
    assertThat(builtIn(KernelVersion.V6_12, "r:e nomod:foo $arg1 $retval").accepted()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void anAddressHasNeitherArgumentsNorAReturnValue(KernelVersion version) {
    assertThat(builtIn(version, "r:e 0xffffffff81000000 $retval").error())
        .isEqualTo(TraceError.RETVAL_ON_PROBE);
    assertThat(builtIn(version, "p:e 0xffffffff81000000 a=$arg1").accepted()).isFalse();
  }
}
