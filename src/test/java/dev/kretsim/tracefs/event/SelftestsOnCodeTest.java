package dev.kretsim.tracefs.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.memory.PlainMemory;
import dev.kretsim.probe.registry.Kprobes;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Those of the kernel's selftests (ftrace/test.d/kprobe) that probe inside of functions, each under
 * its file's name: here the functions are machine code.
 */
class SelftestsOnCodeTest {
  private static final String FORK = "kernel_clone";
  private static final long CALLER = 0x1000;
  private static final int TRIED = 256;

  /** {@code lea 1(%rdi,%rdi),%rax}, five bytes, and {@code mov %rax,%rdi}, three. */
  private static final String TWICE_AND_ONE = "488d443f014889c7";

  private static final int ROUNDS = 6;
  private static final int FUNCTIONS = 300;
  private static final long TEN_SECONDS_NS = 10_000_000_000L;

  /** A kernel with that function and many small ones, all traceable. */
  private static final class Kernel {
    final Machine machine;
    final Kprobes kprobes;
    final ProbeEvents events;
    final Symbol fork;
    final byte[] compiled;

    Kernel(KernelVersion version) {
      MachineSpec spec = MachineSpec.of(version, Arch.X86_64, 1);
      machine = new Machine(spec, PlainMemory::new);
      String entry = (spec.branchTracking() ? "f30f1efa" : "") + "0f1f440000";
      for (int n = 0; n < FUNCTIONS; n++) {
        define("small" + n, entry + TWICE_AND_ONE + "c3");
      }
      fork = define(FORK, entry + TWICE_AND_ONE.repeat(ROUNDS) + "c3"); // nothing lies behind it
      kprobes = Kprobes.boot(machine).drivenByOneThread();
      events = new ProbeEvents(machine, kprobes, () -> 1_234_567_000L);
      compiled = text();
    }

    private Symbol define(String name, String hex) {
      byte[] code = HexFormat.of().parseHex(hex);
      return machine.defineCode(name, code, code.length, Set.of(Symbol.Trait.TRACEABLE));
    }

    byte[] text() {
      return machine.text().read(fork.address(), fork.size());
    }

    long fork() {
      machine.cpu(0).switchTo(machine.newTask("sh"));
      return machine.cpu(0).call(fork, 1, CALLER);
    }

    boolean accepts(String line) {
      return events.write(line).accepted();
    }

    void enable(boolean wanted) {
      assertThat(events.enable(null, null, wanted)).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void kprobeInsnBoundary(KernelVersion version) {
    Kernel kernel = new Kernel(version);
    long alone = kernel.fork();
    int accepted = 0;
    for (int offset = 0; offset < TRIED; offset++) {
      accepted += kernel.accepts("p %s+%d".formatted(FORK, offset)) ? 1 : 0;
    }
    // The entry, by one or two names; two instructions a round; the return.
    boolean landingPad = kernel.machine.spec().branchTracking();
    assertThat(accepted).isEqualTo((landingPad ? 2 : 1) + 2 * ROUNDS + 1);
    kernel.enable(true);
    assertThat(kernel.fork()).isEqualTo(alone);
    kernel.kprobes.elapse(TEN_SECONDS_NS);
    assertThat(kernel.fork()).isEqualTo(alone);
    assertThat(kernel.events.profile())
        .hasSize(accepted)
        .allSatisfy(
            counts -> {
              assertThat(counts.hits()).isEqualTo(2);
              assertThat(counts.missed()).isZero();
            });
    kernel.enable(false);
    assertThat(kernel.events.truncate()).isNull();
    kernel.kprobes.elapse(TEN_SECONDS_NS);
    assertThat(kernel.text()).isEqualTo(kernel.compiled);
    assertThat(kernel.fork()).isEqualTo(alone);
  }

  @ParameterizedTest
  @EnumSource
  void kprobeOptTypes(KernelVersion version) {
    Kernel kernel = new Kernel(version);
    boolean optimized = false;
    for (int offset = 0; offset < TRIED && !optimized; offset++) {
      if (kernel.accepts("p:testprobe %s+%d".formatted(FORK, offset))) {
        kernel.enable(true);
        kernel.fork();
        kernel.kprobes.elapse(TEN_SECONDS_NS);
        optimized = kernel.kprobes.list().stream().anyMatch(line -> line.contains("[OPTIMIZED]"));
        kernel.kprobes.allowOptimization(false);
        assertThat(kernel.kprobes.list()).noneMatch(line -> line.contains("[OPTIMIZED]"));
        kernel.kprobes.allowOptimization(true);
        kernel.enable(false);
        assertThat(kernel.accepts("-:testprobe")).isTrue();
      }
    }
    assertThat(optimized).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void multipleKprobes(KernelVersion version) {
    Kernel kernel = new Kernel(version);
    int accepted = 0;
    for (int n = 0; n < FUNCTIONS && accepted < TRIED; n++) {
      int behindEntry = kernel.machine.spec().branchTracking() ? 9 : 5;
      accepted += kernel.accepts("p small%d+%d".formatted(n, behindEntry)) ? 1 : 0;
    }
    assertThat(kernel.events.listing().lines()).hasSize(TRIED);
    kernel.enable(true);
    assertThat(kernel.kprobes.list()).hasSize(TRIED).noneMatch(line -> line.contains("[DISABLED]"));
    kernel.enable(false);
    assertThat(kernel.kprobes.list()).allMatch(line -> line.contains("[DISABLED]"));
    assertThat(kernel.events.truncate()).isNull();
    kernel.kprobes.elapse(TEN_SECONDS_NS);
    assertThat(kernel.events.listing()).isEmpty();
    assertThat(kernel.kprobes.list()).isEmpty();
  }
}
