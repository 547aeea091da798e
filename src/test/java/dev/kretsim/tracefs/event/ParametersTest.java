package dev.kretsim.tracefs.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.probe.Errno;
import dev.kretsim.tracefs.fetch.TraceError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters by name and by number, of functions whose parameters are known and of others. */
class ParametersTest {
  private static TrialKernel kernel(KernelVersion version, String... lines) {
    return new TrialKernel(
        MachineSpec.of(version, Arch.X86_64, 2), KnownSymbols.builtIn(), List.of(lines));
  }

  private static Written write(KernelVersion version, String line) {
    return kernel(version, line).events().write(line);
  }

  @Test
  void unknownParametersStandAsTheyWereWrittenAndFitAnyEvent() {
    String[] lines = {"p:e do_sys_openat2 $arg*", "p:e vfs_write $arg*", "p:e vfs_read $arg*"};
    TrialKernel trial = kernel(KernelVersion.V6_12, lines);
    for (String line : lines) {
      assertThat(trial.events().write(line).accepted()).as(line).isTrue();
    }
    assertThat(trial.events().listing())
        .startsWith("p:kprobes/e do_sys_openat2 $arg*\n")
        .contains("vfs_write file=file buf=buf count=count pos=pos");
    Written unknown = kernel(KernelVersion.V6_12, lines).events().write(lines[0]);
    assertThat(trial.advice(unknown)).contains("parameters of do_sys_openat2 are not known");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "$arg1, file=file",
    "$arg3:u32, count=count:u32",
    "count:u32, count=count:u32",
    "a=$arg3, a=$arg3",
    "$arg2:string, buf=buf:string",
    "buf:ustring, buf=buf:ustring",
    "file->f_path.dentry, arg1=file->f_path.dentry",
    "file:%pD, arg1=+0x0(+0x28(+0x48(file))):string",
    "n=+8($arg1):%pd, n=+0x0(+0x28(+8($arg1))):string",
  })
  void aKnownParameterIsListedByItsName(String argument, String listed) {
    for (KernelVersion version : List.of(KernelVersion.V6_12, KernelVersion.V7_3)) {
      assertThat(write(version, "p:e vfs_read " + argument).readback())
          .isEqualTo("p:kprobes/e vfs_read " + listed);
    }
  }

  @Test
  void olderKernelsKnowNumbersOnly() {
    assertThat(write(KernelVersion.V6_1, "p:e vfs_read $arg1").readback())
        .endsWith(" vfs_read arg1=$arg1");
    assertThat(write(KernelVersion.V6_1, "p:e vfs_read $arg*").accepted()).isFalse();
    assertThat(write(KernelVersion.V6_1, "p:e vfs_read $arg1:%pd").accepted()).isFalse();
  }

  /** {@code ^} marks where the caret is expected. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "do_sys_openat2 $arg* ^$arg*|DOUBLE_ARGS|EINVAL",
        "vfs_read file ^$arg*|USED_ARG_NAME|EINVAL",
        "vfs_read+9 ^$arg*|NOFENTRY_ARGS|EINVAL",
        "vfs_read+9 a=^$arg1|NOFENTRY_ARGS|EINVAL",
        "vfs_read ^$arg5|NO_BTF_ARG|ENOENT",
        "vfs_read ^$argx|BAD_VAR|EINVAL",
        "do_sys_openat2 how^-flags|BAD_HYPHEN|EINVAL",
        "do_sys_openat2 ^how+8|NO_BTF_ARG|ENOENT",
        "do_sys_openat2 ^dfd)(*&|NO_BTF_ARG|ENOENT",
        "do_sys_openat2 how->flags->^|NO_BTF_FIELD|ENOENT",
        "do_sys_openat2 how->a^-b|BAD_HYPHEN|EINVAL",
        "vfs_read file.^f_flags|NOSUP_DAT_ARG|EOPNOTSUPP",
        "vfs_read ^file:string|BAD_TYPE4STR|EINVAL",
        "vfs_read+9 ^file|NOSUP_BTFARG|EINVAL",
      })
  void whatCanBeNoParameterIsRefused(String marked, String error, String errno) {
    String line = "p:e " + marked.replace("^", "");
    for (KernelVersion version : List.of(KernelVersion.V6_12, KernelVersion.V7_3)) {
      Written written = write(version, line);
      assertThat(written.error()).isEqualTo(TraceError.valueOf(error));
      assertThat(written.errno()).isEqualTo(Errno.valueOf(errno));
      assertThat(written.caret()).isEqualTo(("p:e " + marked).indexOf('^'));
    }
  }
}
