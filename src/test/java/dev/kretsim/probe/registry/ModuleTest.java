package dev.kretsim.probe.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.probe.Errno;
import dev.kretsim.probe.Kprobe;
import dev.kretsim.probe.KprobeException;
import dev.kretsim.probe.KprobeFlag;
import dev.kretsim.probe.Kretprobe;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Probes on text that comes and goes: a module's. */
class ModuleTest {
  private static final long CALLER = 0x1000;

  private final List<String> log = new ArrayList<>();
  private Machine machine;
  private Kprobes kprobes;
  private Symbol target;
  private Symbol init;

  @BeforeEach
  void boot() {
    machine = new Machine(MachineSpec.of(KernelVersion.V6_12, Arch.X86_64, 1), RealMemory::new);
    target = machine.defineIn("vic", "vic_target", Set.of(Symbol.Trait.TRACEABLE));
    init = machine.defineIn("vic", "vic_init", Set.of(Symbol.Trait.INIT));
    kprobes = Kprobes.boot(machine).drivenByOneThread();
  }

  @AfterEach
  void theLawsHold() {
    kprobes.checkLaws();
  }

  private void load() {
    machine.modules().load(machine.modules().get("vic"));
    machine.modules().finishLoading(machine.modules().get("vic"));
  }

  private void unload() {
    machine.modules().unload(machine.modules().get("vic"));
  }

  private void call(Symbol function) {
    Cpu cpu = machine.cpu(0);
    cpu.switchTo(machine.newTask("a"));
    cpu.enter(function, 0, CALLER);
    cpu.leave(1, CALLER);
  }

  private Kretprobe logging(String name) {
    return Kretprobe.on(target.name()).maxactive(2).handler((ri, regs) -> log.add(name));
  }

  private static Errno errnoOf(Runnable request) {
    try {
      request.run();
    } catch (KprobeException refused) {
      return refused.errno();
    }
    throw new AssertionError("was not refused");
  }

  @Test
  void symbolsAreThereOnlyWhileTheirModuleIs() {
    assertThat(errnoOf(() -> kprobes.register(logging("early")))).isEqualTo(Errno.ENOENT);
    load();
    kprobes.register(logging("loaded"));
    call(target);
    assertThat(log).containsExactly("loaded");
    assertThat(errnoOf(() -> kprobes.register(Kprobe.on(init.name())))).isEqualTo(Errno.ENOENT);
  }

  @Test
  void initTextCanBeProbedUntilInitialisationIsOver() {
    machine.modules().load(machine.modules().get("vic"));
    Kprobe probe =
        Kprobe.on(init.name())
            .preHandler(
                (kp, regs) -> {
                  log.add("init");
                  return 0;
                });
    kprobes.register(probe);
    call(init);
    machine.modules().finishLoading(machine.modules().get("vic"));
    assertThat(log).containsExactly("init");
    assertThat(probe.flags()).contains(KprobeFlag.GONE);
  }

  @Test
  void unloadingLeavesAProbeGoneUntilItsOwnerUnregistersIt() {
    load();
    Kretprobe probe = logging("p");
    kprobes.register(probe);
    unload();
    assertThat(probe.kp().flags()).contains(KprobeFlag.GONE).doesNotContain(KprobeFlag.DISABLED);
    assertThat(errnoOf(() -> kprobes.enable(probe.kp()))).isEqualTo(Errno.EINVAL);
    kprobes.disable(probe.kp()); // succeeds, as in the kernel
    load();
    call(target);
    assertThat(log).isEmpty();
    kprobes.unregister(probe, 0);
    probe.kp().reset();
    kprobes.register(probe);
    call(target);
    assertThat(log).containsExactly("p");
  }

  @Test
  void aNewProbeRevivesAnAddressWhoseOldProbeIsGone() {
    load();
    Kretprobe old = logging("old");
    kprobes.register(old);
    unload();
    load();
    kprobes.register(logging("new"));
    call(target);
    assertThat(log).containsExactly("new");
    assertThat(old.kp().flags()).contains(KprobeFlag.GONE);
    kprobes.unregister(old, 0);
    call(target);
    assertThat(log).containsExactly("new", "new");
  }

  @Test
  void aReloadedModuleHasItsTextAsCompiled() {
    load();
    byte[] compiled = machine.text().read(target.entryProbe(), 8);
    kprobes.register(logging("p"));
    assertThat(machine.text().read(target.entryProbe(), 8)).isNotEqualTo(compiled);
    unload();
    load();
    assertThat(machine.text().read(target.entryProbe(), 8)).isEqualTo(compiled);
  }

  @Test
  void aModuleIsLoadedAndUnloadedInTurn() {
    load();
    assertThatThrownBy(this::load).hasMessage("module vic must be UNLOADED: state=LIVE");
    unload();
    assertThatThrownBy(this::unload).hasMessage("module vic must be LIVE: state=UNLOADED");
  }
}
