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
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The kernel's selftests {@code kprobe_args_syntax} and {@code kprobe_syntax_errors}: spellings
 * that are accepted or refused, and where the caret stands.
 */
class SelftestSyntaxTest {
  private static Written write(KernelVersion kernel, String... lines) {
    TrialKernel trial =
        new TrialKernel(
            MachineSpec.of(kernel, Arch.X86_64, 2), KnownSymbols.builtIn(), List.of(lines));
    Written last = trial.events().write(lines[0]);
    for (int i = 1; i < lines.length; i++) {
      last = trial.events().write(lines[i]);
    }
    return last;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%ax",
        "@jiffies",
        "@0xffffffff81000000",
        "@jiffies+10",
        "@jiffies-10",
        "$stack",
        "$stack0",
        "$stack1",
        "$comm",
        "+0(%ax)",
        "-0(%ax)",
        "+10($stack)",
        "+0($stack1)",
        "+10(@jiffies-10)",
        "+0(+0(+0(%ax)))",
        "name=%ax",
        "%ax:x16",
        "$comm:string",
        "+0($stack):string"
      })
  void argumentsThatAreAccepted(String argument) {
    for (KernelVersion kernel : KernelVersion.values()) {
      assertThat(write(kernel, "p vfs_read " + argument).accepted()).as("%s", kernel).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%axx", "@", "@unknown", "@jiffies*10", "@jiffies/10", "@jiffies%10", "@jiffies&10",
        "@jiffies|10", "$stackp", "$stack0+10", "$stack1-10", "$retval", "+(%ax)", "(%ax+10)",
        "-(%ax)", "(%ax)", "+10($comm)", "+0(%ax)+10", "name=name2=%ax", "%ax::x16", "%ax:y16",
        "x16:%ax", "$comm:x64", "$stack:string", "%ax:string"
      })
  void argumentsThatAreRefused(String argument) {
    for (KernelVersion kernel : KernelVersion.values()) {
      assertThat(write(kernel, "p vfs_read " + argument).accepted()).as("%s", kernel).isFalse();
    }
  }

  @Test
  void aBitFieldsContainerIsAnyNumber() {
    assertThat(write(KernelVersion.V6_12, "p vfs_read %ax:b4@4/0x20").accepted()).isTrue();
  }

  @Test
  void aNumberThatOverflowsToANegativeOneMeansTheDefault() {
    assertThat(write(KernelVersion.V6_12, "r2147483648:e vfs_read").readback())
        .isEqualTo("r10:kprobes/e vfs_read");
    assertThat(write(KernelVersion.V6_12, "r2147483647:e vfs_read").error())
        .isEqualTo(TraceError.MAXACT_TOO_BIG);
  }

  @Test
  void theReturnValueIsForReturnProbes() {
    for (KernelVersion kernel : KernelVersion.values()) {
      assertThat(write(kernel, "r vfs_read $retval").accepted()).isTrue();
    }
  }

  /** {@code ^} marks where the caret is expected. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "p^100 vfs_read|BAD_MAXACT_TYPE",
        "r^1a111 vfs_read|BAD_MAXACT",
        "r^0 vfs_read|BAD_MAXACT",
        "r^100000 vfs_read|MAXACT_TOO_BIG",
        "p ^non_existing_fn|BAD_PROBE_ADDR",
        "p ^vfs-read|BAD_PROBE_ADDR",
        "p ^vfs_read+4+8|BAD_PROBE_ADDR",
        "r ^vfs_read+10|BAD_RETPROBE",
        "p:^/bar vfs_read|NO_GROUP_NAME",
        "p:^12345678901234567890123456789012345678901234567890123456789012345/bar vfs_read"
            + "|GROUP_TOO_LONG",
        "p:^foo.1/bar vfs_read|BAD_GROUP_NAME",
        "p:foo/^12345678901234567890123456789012345678901234567890123456789012345 vfs_read"
            + "|EVENT_TOO_LONG",
        "p:foo/^bar.1 vfs_read|BAD_EVENT_NAME",
        "p vfs_read ^$retval|RETVAL_ON_PROBE",
        "p vfs_read ^$stack10000|BAD_STACK_NUM",
        "p vfs_read ^$arg10000|NO_BTF_ARG",
        "p vfs_read a=^$arg10000|BAD_ARG_NUM",
        "p vfs_read ^$none_var|BAD_VAR",
        "p vfs_read ^%none_reg|BAD_REG_NAME",
        "p vfs_read ^@12345678abcde|BAD_MEM_ADDR",
        "p vfs_read ^@+10|FILE_ON_KPROBE",
        "p vfs_read arg1=\\^z|BAD_IMM",
        "p vfs_read arg1=\\\"abcd^|IMMSTR_NO_CLOSE",
        "p vfs_read ^+0@0)|DEREF_NEED_BRACE",
        "p vfs_read ^+0ab1(@0)|BAD_DEREF_OFFS",
        "p vfs_read +0(+0(@0^)|DEREF_OPEN_BRACE",
        "p vfs_read +0(^$comm)|COMM_CANT_DEREF",
        "p vfs_read ^&1|BAD_FETCH_ARG",
        "p vfs_read +0(^+0(+0(+0(+0(+0(+0(+0(+0(+0(+0(+0(+0(+0(@0))))))))))))))|TOO_MANY_OPS",
        "p vfs_read +0(@11):u8[10^|ARRAY_NO_CLOSE",
        "p vfs_read +0(@11):u8[10]^a|BAD_ARRAY_SUFFIX",
        "p vfs_read +0(@11):u8[^10a]|BAD_ARRAY_NUM",
        "p vfs_read +0(@11):u8[^256]|ARRAY_TOO_BIG",
        "p vfs_read @11:^unknown_type|BAD_TYPE",
        "p vfs_read $stack0:^string|BAD_STRING",
        "p vfs_read @11:^b10@a/16|BAD_BITFIELD",
        "p vfs_read ^arg123456789012345678901234567890=@11|ARG_NAME_TOO_LONG",
        "p vfs_read ^=@11|NO_ARG_NAME",
        "p vfs_read ^var.1=@11|BAD_ARG_NAME",
        "p vfs_read var1=@11 ^var1=@12|USED_ARG_NAME",
        "p vfs_read ^+1234567(+1234567(+1234567(+1234567(+1234567(+1234567(@1234))))))"
            + "|ARG_TOO_LONG",
        "p vfs_read arg1=^|NO_ARG_BODY",
        "p ^vfs_read+3|BAD_INSN_BNDRY",
        "p ^vfs_read++4|BAD_PROBE_ADDR",
        "p vfs_read ^$stack+1|BAD_VAR",
        "p vfs_read +u0(%ax):^x8[3]|BAD_STRING",
        "p vfs_read $stack:^symstr|BAD_SYMSTRING",
        "r vfs_read a=$arg1:^symstr|BAD_SYMSTRING",
        "p ^vfs_read @jiffies+xyz|FAIL_REG_PROBE",
        "p ^vfs_read @jiffies+8-8|FAIL_REG_PROBE",
        "p vfs_read +0(%ax):x8[^4294967296]|BAD_ARRAY_NUM",
        "p vfs_read %ax:^b+4@4/32|BAD_BITFIELD",
      })
  void theCaretShowsWhatIsWrong(String marked, String error) {
    String line = marked.replace("^", "");
    Written written = write(KernelVersion.V6_12, line);
    assertThat(written.error()).isEqualTo(TraceError.valueOf(error));
    assertThat(written.caret()).isEqualTo(marked.indexOf('^'));
  }

  @Test
  void olderKernelsWantAnEventNameBehindTheGroup() {
    Written old = write(KernelVersion.V5_10, "p:foo/ vfs_read");
    assertThat(old.error()).isEqualTo(TraceError.NO_EVENT_NAME);
    assertThat(old.caret()).isEqualTo(6);
    assertThat(write(KernelVersion.V6_1, "p:foo/ vfs_read").accepted()).isTrue();
  }

  @ParameterizedTest(name = "{1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "p:e vfs_read|^r:e vfs_read|DIFF_PROBE_TYPE",
        "p:e vfs_read abcd=$stack|p:e vfs_write ^abcd=$stack:s32|DIFF_ARG_TYPE",
        "p:e vfs_read abcd=$stack|p:e vfs_write ^efgh=$stack|DIFF_ARG_TYPE",
        "p:e vfs_read abcd=$stack|^p:e vfs_read abcd=$stack|SAME_PROBE",
      })
  void whatIsAppendedMustFit(String first, String marked, String error) {
    Written written = write(KernelVersion.newest(), first, marked.replace("^", ""));
    assertThat(written.error()).isEqualTo(TraceError.valueOf(error));
    assertThat(written.errno()).isEqualTo(Errno.EEXIST);
    assertThat(written.caret()).isEqualTo(marked.indexOf('^'));
  }

  @Test
  void anAmbiguousSymbolIsRefused() {
    assertThat(write(KernelVersion.V6_12, "p t_next").errno()).isEqualTo(Errno.EINVAL);
    assertThat(write(KernelVersion.V6_1, "p t_next").errno()).isEqualTo(Errno.EADDRNOTAVAIL);
  }
}
