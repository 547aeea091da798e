package dev.kretsim.tracefs.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.probe.Errno;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The kernel's own selftests of probe events (ftrace/test.d/kprobe), each under its file's name;
 * what they expect is retold, their scripts are not used. docs: tracefs.md lists the others.
 */
class SelftestsTest {
  private final LiveKernel kernel = new LiveKernel();

  private @Nullable Errno write(String line) {
    return kernel.events.write(line).errno();
  }

  @Test
  void addAndRemove() {
    assertThat(write("p:myevent kernel_clone")).isNull();
    assertThat(kernel.events.listing()).isEqualTo("p:kprobes/myevent kernel_clone\n");
    assertThat(kernel.events.truncate()).isNull();
    assertThat(kernel.events.listing()).isEmpty();
  }

  @Test
  void busyCheck() {
    kernel.enable("p:myevent kernel_clone");
    assertThat(kernel.events.truncate()).isEqualTo(Errno.EBUSY);
    kernel.events.enable(null, null, false);
    assertThat(kernel.events.truncate()).isNull();
  }

  @Test
  void onlyTheLastProbeOfAnEnabledEventIsBusy() {
    kernel.enable("r:e vfs_read", "r:e vfs_write");
    assertThat(write("-:e vfs_read")).isNull();
    assertThat(write("-:e vfs_write")).isEqualTo(Errno.EBUSY);
    assertThat(kernel.events.listing()).isEqualTo("r10:kprobes/e vfs_write\n");
  }

  @Test
  void aGroupIsDeletedUpToTheFirstEventThatIsBusy() {
    write("p:g/a vfs_open");
    write("p:g/b vfs_open");
    write("p:g/c vfs_open");
    kernel.events.enable("g", "b", true);
    assertThat(write("-:g/")).isEqualTo(Errno.EBUSY);
    assertThat(kernel.events.listing()).isEqualTo("p:g/b vfs_open\np:g/c vfs_open\n");
  }

  @ParameterizedTest
  @CsvSource({"V5_10, ", "V6_1, EINVAL", "V7_3, EINVAL"})
  void newerKernelsTakeNoBlankBeforeADeletion(KernelVersion version, @Nullable Errno errno) {
    LiveKernel any = new LiveKernel(version, Arch.X86_64);
    assertThat(any.events.write("p:e vfs_read").accepted()).isTrue();
    assertThat(any.events.write(" -:e").errno()).isEqualTo(errno);
  }

  @ParameterizedTest
  @EnumSource
  void kprobeArgs(KernelVersion version) {
    LiveKernel any = new LiveKernel(version, Arch.X86_64);
    any.enable("p:testprobe kernel_clone $stack $stack0 +0($stack)");
    any.call("kernel_clone");
    assertThat(any.events.listing())
        .endsWith(" kernel_clone arg1=$stack arg2=$stack0 arg3=+0($stack)\n");
    assertThat(any.traced().get(0)).matches(".* arg1=0x[0-9a-f]+ arg2=(0x[0-9a-f]+) arg3=\\1$");
    any.events.enable(null, null, false);
    assertThat(any.events.write("-:testprobe").accepted()).isTrue();
  }

  @Test
  void kprobeArgsChar() {
    long name = kernel.text("test");
    kernel.enable("p:e vfs_open one=+0($arg1):char all=+0($arg1):char[4]");
    kernel.call("vfs_open", name);
    assertThat(kernel.fetched()).isEqualTo("one='t' all={'t','e','s','t'}");
  }

  @Test
  void kprobeArgsComm() {
    kernel.enable("p:e kernel_clone comm=$comm");
    kernel.call("kernel_clone");
    assertThat(kernel.events.listing()).endsWith(" comm=$comm\n");
    assertThat(kernel.fetched()).isEqualTo("comm=\"sh\"");
  }

  @Test
  void kprobeArgsString() {
    kernel.enable("p:e vfs_open arg1=+0($arg1):string arg2=+0($arg1):string");
    kernel.call("vfs_open", kernel.text("test"));
    assertThat(kernel.fetched()).isEqualTo("arg1=\"test\" arg2=\"test\"");
  }

  @Test
  void kprobeArgsSymbol() {
    long banner = kernel.machine.symbols().find("linux_banner").orElseThrow().address();
    kernel.machine.data().write(banner, 8, 0x0000_7678_7563_6261L);
    kernel.enable(
        "p:e vfs_read @linux_banner:u64 @linux_banner:s32 @linux_banner:x8"
            + " @linux_banner:b8@4/32 @linux_banner+1:string");
    kernel.call("vfs_read");
    assertThat(kernel.fetched())
        .isEqualTo("arg1=130259737600609 arg2=1969447521 arg3=0x61 arg4=38 arg5=\"bcuxv\"");
  }

  @ParameterizedTest(name = "{0} bits")
  @ValueSource(ints = {64, 32, 16, 8})
  void kprobeArgsType(int width) {
    kernel.enable(
        "p:e vfs_read a=$arg1:s%1$d b=$arg1:u%1$d c=$arg1:x%1$d d=$arg1:b4@4/%1$d"
            .formatted(width));
    kernel.call("vfs_read", 0x5a);
    assertThat(kernel.fetched()).isEqualTo("a=90 b=90 c=0x5a d=5");
  }

  @Test
  void kprobeArgsUser() {
    long path = kernel.text("/bin/true");
    kernel.enable("p:e vfs_open +0($arg1):ustring +u0($arg1):string +0($arg2):ustring");
    kernel.call("vfs_open", path, 0);
    assertThat(kernel.fetched()).isEqualTo("arg1=\"/bin/true\" arg2=\"/bin/true\" arg3=(fault)");
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "p vfs_read, p:kprobes/p_vfs_read_0 vfs_read",
    "p:event1 vfs_read, p:kprobes/event1 vfs_read",
    "p:mine/event2 vfs_read, p:mine/event2 vfs_read",
    "p:mine.event2 vfs_read, p:mine/event2 vfs_read",
    "p:mine/ vfs_read, p:mine/p_vfs_read_0 vfs_read",
    "p sample:sample_func, p:kprobes/p_sample_sample_func_0 sample:sample_func",
    "r2 sample:gone.isra.0, r2:kprobes/r_sample_gone_isra_0_0 sample:gone.isra.0",
  })
  void kprobeEventname(String line, String listed) {
    assertThat(kernel.events.write(line).readback()).isEqualTo(listed);
  }

  @Test
  void kprobeModule() {
    kernel.enable(
        "p:a sample:sample_func",
        "p sample:sample_func",
        "p:b sample:sample_func",
        "p:g/c sample:sample_func");
    kernel.machine.modules().load(kernel.machine.modules().get("sample"));
    kernel.call("sample_func");
    assertThat(kernel.traced()).hasSize(4);
    kernel.machine.modules().finishLoading(kernel.machine.modules().get("sample"));
    kernel.machine.modules().unload(kernel.machine.modules().get("sample"));
    kernel.events.enable(null, null, false);
    assertThat(kernel.events.truncate()).isNull();
  }

  @Test
  void kprobeMultiprobe() {
    assertThat(write("p:e vfs_read")).isNull();
    assertThat(write("p:e vfs_write")).isNull();
    assertThat(kernel.events.listing().lines()).hasSize(2);
    assertThat(write("-:e")).isNull();
    assertThat(kernel.events.listing()).isEmpty();
    write("p:e vfs_read");
    write("p:e vfs_write");
    assertThat(write("-:e vfs_read")).isNull();
    assertThat(kernel.events.listing()).isEqualTo("p:kprobes/e vfs_write\n");
    assertThat(write("p:e vfs_read $arg1")).isEqualTo(Errno.EEXIST);
  }

  @Test
  void kretprobeArgs() {
    kernel.enable("r:testprobe2 kernel_clone $retval");
    kernel.call("kernel_clone");
    assertThat(kernel.events.listing())
        .isEqualTo("r10:kprobes/testprobe2 kernel_clone arg1=$retval\n");
    assertThat(kernel.traced().get(0))
        .endsWith("(do_syscall_64+0x10/0x40 <- kernel_clone) arg1=1450744508");
  }

  @Test
  void kretprobeEntryArg() {
    kernel.enable("p:enter vfs_read arg=$arg1", "r:leave vfs_read arg=$arg1 $arg3");
    kernel.call("vfs_read", 0x77, 1, 0x99);
    assertThat(kernel.traced().get(0)).endsWith(" arg=0x77");
    assertThat(kernel.traced().get(1)).endsWith(" arg=0x77 count=0x99");
  }

  @Test
  void kretprobeMaxactive() {
    for (String bad : List.of("a:x vfs_read", "r1000000:x vfs_read", "r10fuzz:x vfs_read")) {
      assertThat(write(bad)).as(bad).isEqualTo(Errno.EINVAL);
    }
    for (String good : List.of("r:n vfs_read", "r10:m vfs_read", "r vfs_read", "r10 vfs_write")) {
      assertThat(write(good)).as(good).isNull();
    }
    assertThat(write("-:n")).isNull();
    assertThat(write("-:m")).isNull();
  }

  @Test
  void kretprobeReturnSuffix() {
    assertThat(write("r:e vfs_read")).isNull();
    String first = kernel.events.listing();
    assertThat(write("-:e")).isNull();
    assertThat(write("p:e vfs_read%return")).isNull();
    assertThat(kernel.events.listing()).isEqualTo(first);
  }

  @Test
  void probepoint() {
    long address = kernel.machine.symbols().find("vfs_read").orElseThrow().address();
    assertThat(write("p:a vfs_read")).isNull();
    assertThat(write("p:b 0x" + Long.toHexString(address))).isNull();
    assertThat(write("p:d vfs_read-64")).isEqualTo(Errno.EINVAL);
    assertThat(write("p:e vfs_read+4294967296")).isEqualTo(Errno.EINVAL);
  }

  @Test
  void profile() {
    assertThat(kernel.events.profile()).isEmpty();
    kernel.enable("p:myevent kernel_clone");
    assertThat(kernel.events.profile().get(0)).isEqualTo(new ProbeEvents.Profile("myevent", 0, 0));
    kernel.call("kernel_clone");
    assertThat(kernel.events.profile().get(0)).isEqualTo(new ProbeEvents.Profile("myevent", 1, 0));
    assertThat(kernel.events.profile().get(0).text())
        .isEqualTo(
            "  myevent                                                    1               0\n");
  }

  /** The kernel's start-up test of probe events: one hit each, deleted by name. */
  @Test
  void startupSelftest() {
    kernel.enable(
        "p:testprobe vfs_read $stack $stack0 +0($stack)", "r:testprobe2 vfs_read $retval");
    kernel.call("vfs_read", 1, 2, 3, 4, 5, 6);
    assertThat(kernel.events.profile())
        .extracting(ProbeEvents.Profile::hits)
        .containsExactly(1L, 1L);
    kernel.events.enable(null, null, false);
    assertThat(write("-:testprobe")).isNull();
    assertThat(write("-:testprobe2")).isNull();
  }
}
