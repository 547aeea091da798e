package dev.kretsim.tracefs.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.tracefs.fetch.TraceError;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is written, the answer is yes or an error number with a caret inside the line. */
class AnyLineTest {
  private static final int LINES = 2_500;
  private static final String LETTERS = "pr-:/+@$%()[]{}\\\"'=,.*&0123456789abuxsfvread_ \t#";

  private static final List<String> SEEDS =
      List.of(
          "p:g/e vfs_read a=$arg1:x64 b=+0($arg2):string",
          "r4:e vfs_read ret=$retval:s32 comm=$comm c=\\\"text\\\":string",
          "p vfs_read+0x4 x=+u0(+8($stack2)):b4@8/32 y=@jiffies:u8[4]",
          "p:e vfs_read%return $arg* file->f_pos",
          "p:e vfs_read x=(task_struct,tasks)$arg1->pid y=this_cpu_read(@jiffies) $current->pid",
          "-:g/e vfs_read a=$arg1:x64",
          "r:mod/e nomod:f $retval",
          "p:e 0xffffffff81000000 %ax \\5 \\-1");

  @ParameterizedTest
  @EnumSource
  void everyLineGetsAnAnswer(KernelVersion version) {
    Random random = new Random(version.ordinal());
    for (Arch arch : Arch.values()) {
      TrialKernel trial =
          new TrialKernel(MachineSpec.of(version, arch, 2), KnownSymbols.builtIn(), SEEDS);
      int accepted = 0;
      for (int i = 0; i < LINES; i++) {
        String line = changed(SEEDS.get(random.nextInt(SEEDS.size())), random);
        Written written = trial.events().write(line);
        trial.advice(written);
        accepted += written.accepted() ? 1 : 0;
        assertThat(written.caret()).as(line).isBetween(-1, written.command().length() + 1);
      }
      assertThat(accepted).isBetween(LINES / 100, LINES - LINES / 100);
    }
  }

  @Test
  void onlyTheTenDigitsAreDigits() {
    TrialKernel trial =
        new TrialKernel(
            MachineSpec.of(KernelVersion.newest(), Arch.X86_64, 2), KnownSymbols.builtIn(), SEEDS);
    assertThat(trial.events().write("p4:e vfs_read").error()).isEqualTo(TraceError.BAD_MAXACT_TYPE);
    assertThat(trial.events().write("p\u0664:e vfs_read").error())
        .isNotEqualTo(TraceError.BAD_MAXACT_TYPE);
    assertThat(trial.events().write("p:e vfs_read x=@4z").error())
        .isEqualTo(TraceError.BAD_MEM_ADDR);
    assertThat(trial.events().write("p:e vfs_read x=@\u0664").error())
        .isNotEqualTo(TraceError.BAD_MEM_ADDR);
  }

  private static String changed(String line, Random random) {
    StringBuilder text = new StringBuilder(line);
    for (int change = random.nextInt(4); change > 0 && text.length() > 1; change--) {
      int at = random.nextInt(text.length());
      char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
      switch (random.nextInt(4)) {
        case 0 -> text.setCharAt(at, letter);
        case 1 -> text.insert(at, letter);
        case 2 -> text.deleteCharAt(at);
        default -> text.insert(at, text.substring(random.nextInt(at + 1), at + 1));
      }
    }
    return text.toString();
  }
}
