package dev.kretsim.probe.hit;

import dev.kretsim.arch.MachineCode;
import dev.kretsim.arch.MachineCode.Variant;
import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.Preemption;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.kernel.text.CodeImage;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.probe.registry.Kprobes;
import dev.kretsim.workload.drive.Frame;
import dev.kretsim.workload.drive.Kthread;
import dev.kretsim.workload.drive.Routine;
import dev.kretsim.workload.drive.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** A machine whose {@code queue_ra_show} is machine code (arm64: Java), and a queue to show. */
public final class QueueRig {
  /** What one call left behind. */
  public record Outcome(String text, List<Long> regs) {}

  public static final String SHOW = "queue_ra_show";
  public static final String VAR_SHOW = "queue_var_show";
  private static final long RA_PAGES = 2500;
  public static final String TEXT = "10000\n";
  private static final int PAGE_BYTES = 64;
  private static final long SEED = 7;

  public final Machine machine;
  public final Kprobes kprobes;
  public final Cpu cpu;
  final Task task;
  public final long queue;
  final int infoField;
  final int pagesField;
  private final MachineCode code;
  private final long page;
  private final Routine main;
  private final Routine show;
  private final long[] noise;

  public QueueRig(KernelVersion version, Arch arch, Variant variant, Preemption preemption) {
    boolean tracked = variant == Variant.IBT || variant == Variant.IBT_FTRACE;
    machine =
        new Machine(new MachineSpec(version, arch, preemption, 2, 2, tracked), RealMemory::new);
    code = MachineCode.queueRaShow(variant);
    infoField = code.field("request_queue.backing_dev_info");
    pagesField = code.field("backing_dev_info.ra_pages");
    main = new Routine(machine.define("main", false), this::mainBody);
    boolean traceable = variant == Variant.FTRACE || variant == Variant.IBT_FTRACE;
    Set<Symbol.Trait> traits = traceable ? Set.of(Symbol.Trait.TRACEABLE) : Set.of();
    show = arch == Arch.X86_64 ? compiled(traits) : inJava(traits);
    kprobes = Kprobes.boot(machine).drivenByOneThread();
    queue = machine.allocate(128);
    long info = machine.allocate(128);
    page = machine.allocate(PAGE_BYTES);
    machine.data().writeWord(queue + infoField, info);
    machine.data().writeWord(info + pagesField, RA_PAGES);
    cpu = machine.cpu(0);
    task = machine.newTask("cat");
    noise = new SplittableRandom(SEED).longs(cpu.regs().names().size()).toArray();
    cpu.switchTo(task);
  }

  private Routine compiled(Set<Symbol.Trait> traits) {
    List<CodeImage.Part> parts = new ArrayList<>();
    for (MachineCode.Function function : code.functions()) {
      parts.add(
          new CodeImage.Part(function.name(), function.offset(), function.code().length, traits));
    }
    machine.defineImage(new CodeImage(code.text(), parts));
    return Routine.ofCode(symbol(SHOW));
  }

  private Routine inJava(Set<Symbol.Trait> traits) {
    return new Routine(
        machine.define(SHOW, traits),
        frame -> {
          Cpu now = Cpu.current();
          long info = now.memory().readWord(frame.argument() + infoField);
          String text = (now.memory().readWord(info + pagesField) << 2) + "\n";
          for (int i = 0; i < text.length(); i++) {
            now.memory().write(now.regs().argument(1) + i, 1, text.charAt(i));
          }
          return new Step.Return(text.length());
        });
  }

  public Symbol symbol(String name) {
    return machine.symbols().find(name).orElseThrow();
  }

  private void clear() {
    for (int i = 0; i < PAGE_BYTES; i++) {
      machine.data().write(page + i, 1, 0);
    }
    cpu.regs().restore(noise);
    cpu.switchTo(task);
    cpu.regs().setArgument(1, page);
  }

  private Outcome outcome() {
    StringBuilder text = new StringBuilder();
    for (long at = page; machine.data().read(at, 1) != 0; at++) {
      text.append((char) machine.data().read(at, 1));
    }
    List<Long> regs = new ArrayList<>();
    for (long word : cpu.regs().save()) {
      regs.add(word);
    }
    return new Outcome(text.toString(), regs);
  }

  /** Calls the function; all registers but its arguments hold noise before. */
  public Outcome call() {
    return call(queue);
  }

  public Outcome call(long argument) {
    clear();
    if (machine.arch() == Arch.X86_64) {
      cpu.call(show.symbol(), argument, main.returnSite());
    } else if (cpu.enter(show.symbol(), argument, main.returnSite())) {
      cpu.leave(show.runBody(cpu, argument), main.returnSite());
    }
    return outcome();
  }

  /** Runs the machine code without the machine: how often each address is executed. */
  Map<Long, Integer> executions() {
    clear();
    Map<Long, Integer> counts = new HashMap<>();
    long sp = task.stackPointer() - Long.BYTES;
    cpu.memory().writeWord(sp, main.returnSite());
    cpu.regs().setStackPointer(sp);
    cpu.regs().setArgument(0, queue);
    cpu.regs().setInstructionPointer(show.symbol().address());
    while (cpu.regs().instructionPointer() != main.returnSite()) {
      counts.merge(cpu.regs().instructionPointer(), 1, Integer::sum);
      cpu.executeCompiled();
    }
    return counts;
  }

  /** Offsets of a function's instructions. */
  List<Integer> boundaries(String function) {
    List<Integer> offsets = new ArrayList<>();
    int at = 0;
    for (int length : code.function(function).lengths()) {
      offsets.add(at);
      at += length;
    }
    return offsets;
  }

  /** A thread that calls the function once, with that argument, and exits. */
  Kthread thread(long argument) {
    return new Kthread(
        machine.newTask("reader"),
        new Routine(
            main.symbol(),
            frame -> {
              Cpu.current().regs().setArgument(1, page);
              return frame.step() == 0 ? new Step.Call(show, argument) : new Step.Exit();
            }));
  }

  private Step mainBody(Frame frame) {
    return new Step.Return(frame.result());
  }

  /** A function written in Java leaves the hijacked address in arm64's link register. */
  Outcome withoutLink(Outcome outcome) {
    List<Long> regs = new ArrayList<>(outcome.regs());
    if (machine.arch() == Arch.ARM64) {
      regs.set(cpu.regs().names().indexOf("x30"), 0L);
    }
    return new Outcome(outcome.text(), regs);
  }
}
