package dev.kretsim.kernel.machine;

import dev.kretsim.arch.AddressSpace;
import dev.kretsim.arch.PageFaultException;
import dev.kretsim.arch.PtRegs;
import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.text.CodeImage;
import dev.kretsim.kernel.text.DataMemory;
import dev.kretsim.kernel.text.KernelText;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.kernel.text.SymbolTable;
import dev.kretsim.kernel.text.TextMarks;
import dev.kretsim.lock.CpuContexts;
import dev.kretsim.memory.Memory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A multi-CPU kernel: text, CPUs, and the words they share. Everything that a probe touches, and
 * nothing that it does not.
 *
 * <p>Functions are defined before {@link #boot}; then CPUs exist and may be driven, each by one
 * thread at a time.
 */
public final class Machine {
  /** The direct mapping of x86-64; arm64's lies elsewhere, which nothing here depends on. */
  private static final long DIRECT_MAPPING = 0xffff_8880_0010_0000L;

  /** Executable pages for copied instructions: within 2 GiB of the text. */
  private static final long SLOT_PAGES = 0xffff_ffff_d000_0000L;

  private final MachineSpec spec;
  private final Memory.Factory memories;
  private final KernelText text;
  private final DataMemory data = new DataMemory(DIRECT_MAPPING);
  private final DataMemory slots = new DataMemory(SLOT_PAGES);
  private final SymbolTable symbols;
  private final TextMarks marks = new TextMarks();
  private final CpuContexts contexts;
  private final Rcu rcu;
  private final Symbol trampoline;
  private final AtomicInteger pids = new AtomicInteger();
  private final Modules modules;
  private final List<FaultHook> faultHooks = new ArrayList<>();
  private final Map<Long, Consumer<PtRegs>> fixUps = new HashMap<>();
  private Symbol[] hosted = new Symbol[0];
  private HostCalls hostCalls =
      (cpu, function) -> {
        throw new IllegalStateException("nobody runs Java bodies: function=" + function.name());
      };
  private Cpu[] cpus = new Cpu[0];

  /**
   * Makes a machine without functions, not booted yet.
   *
   * @param spec what kind of machine
   * @param memories makes the memory that its locks, pools and counters live in
   */
  public Machine(MachineSpec spec, Memory.Factory memories) {
    this(spec, memories, KernelText.USUAL_BASE);
  }

  /**
   * Makes a machine whose functions lie elsewhere than usual.
   *
   * @param spec what kind of machine
   * @param memories makes the memory that its locks, pools and counters live in
   * @param base the address where its text begins
   */
  public Machine(MachineSpec spec, Memory.Factory memories, long base) {
    this.spec = spec;
    this.memories = memories;
    this.text = new KernelText(spec.arch(), base);
    this.symbols = new SymbolTable(spec.arch(), spec.branchTracking(), text, data);
    this.modules = new Modules(symbols);
    this.contexts = new CpuContexts(spec.possibleCpus(), memories);
    this.rcu = new Rcu(spec.possibleCpus(), memories);
    Set<Symbol.Trait> traits =
        spec.version().refusesProbesOnTrampoline(spec.arch())
            ? Set.of(Symbol.Trait.NOPROBE)
            : Set.of();
    this.trampoline =
        symbols.defineHosted(spec.version().trampolineName(spec.arch()), traits, null);
  }

  /** {@return what kind of machine it is} */
  public MachineSpec spec() {
    return spec;
  }

  /** {@return the kernel that it runs} */
  public KernelVersion version() {
    return spec.version();
  }

  /** {@return its architecture} */
  public Arch arch() {
    return spec.arch();
  }

  /** {@return what makes the memory that its locks, pools and counters live in} */
  public Memory.Factory memories() {
    return memories;
  }

  /** {@return the bytes of the kernel's and its modules' functions} */
  public KernelText text() {
    return text;
  }

  /** {@return what locks save and restore for each possible CPU} */
  public CpuContexts contexts() {
    return contexts;
  }

  /** {@return its grace periods} */
  public Rcu rcu() {
    return rcu;
  }

  /** {@return where hijacked calls return to} */
  public Symbol trampoline() {
    return trampoline;
  }

  /** {@return the table of names and addresses} */
  public SymbolTable symbols() {
    return symbols;
  }

  /** {@return what is known about single bytes of the text} */
  public TextMarks marks() {
    return marks;
  }

  /**
   * Adds a function whose body is written in Java.
   *
   * @param name unused so far
   * @param traceable whether ftrace has a site at its entry
   * @return its symbol
   * @throws IllegalStateException after {@link #boot}
   */
  public Symbol define(String name, boolean traceable) {
    return define(name, traceable ? Set.of(Symbol.Trait.TRACEABLE) : Set.of());
  }

  /**
   * Adds a function whose body is written in Java.
   *
   * @param name unused so far
   * @param traits what there is to know about it
   * @return its symbol
   * @throws IllegalStateException after {@link #boot}
   */
  public Symbol define(String name, Set<Symbol.Trait> traits) {
    requireNotBooted(name);
    return symbols.defineHosted(name, traits, null);
  }

  /**
   * Adds a function as machine code.
   *
   * @param name unused so far
   * @param code its bytes
   * @param size bytes up to the next symbol, at least the code's
   * @param traits what there is to know about it
   * @return its symbol
   */
  public Symbol defineCode(String name, byte[] code, int size, Set<Symbol.Trait> traits) {
    requireNotBooted(name);
    return symbols.defineCode(name, code, size, traits);
  }

  /**
   * Adds functions that were linked together, as machine code. Where the trampoline is among them,
   * its name means that one.
   *
   * @param image their bytes and their names
   */
  public void defineImage(CodeImage image) {
    requireNotBooted("image");
    if (image.parts().stream().anyMatch(part -> part.name().equals(trampoline.name()))) {
      symbols.forgetName(trampoline.name());
    }
    symbols.defineImage(image);
  }

  /**
   * Adds a symbol that is no text.
   *
   * @param name unused so far
   * @return its symbol
   */
  public Symbol defineData(String name) {
    requireNotBooted(name);
    return symbols.defineData(name);
  }

  /**
   * Adds a function, with a body written in Java, that is there while its module is loaded.
   *
   * @param module the module, which need not be known before
   * @param name unused so far
   * @param traits what there is to know about it
   * @return its symbol
   */
  public Symbol defineIn(String module, String name, Set<Symbol.Trait> traits) {
    requireNotBooted(name);
    return symbols.defineHosted(name, traits, modules.named(module));
  }

  private void requireNotBooted(String name) {
    if (cpus.length > 0) {
      throw new IllegalStateException("functions are defined before boot: function=" + name);
    }
  }

  /**
   * Reserves zeroed data; before CPUs use it.
   *
   * @param bytes how many, at least 1
   * @return the address of the first byte
   */
  public long allocate(int bytes) {
    return data.allocate(bytes);
  }

  /**
   * Reserves executable memory for copies of instructions.
   *
   * @param bytes how many, at least 1
   * @return the address of the first byte
   */
  public long allocateExecutable(int bytes) {
    return slots.allocate(bytes);
  }

  /** {@return the memory that {@link #allocateExecutable} gives out} */
  public AddressSpace executable() {
    return slots;
  }

  DataMemory slotMemory() {
    return slots;
  }

  DataMemory dataMemory() {
    return data;
  }

  /** {@return the kernel's data, without the stacks} */
  public AddressSpace data() {
    return data;
  }

  /** {@return its modules, as they are loaded and unloaded} */
  public Modules modules() {
    return modules;
  }

  /**
   * Adds somebody who may repair faults of machine code; asked in the order of their coming.
   *
   * @param hook who is asked
   */
  public void onFault(FaultHook hook) {
    faultHooks.add(hook);
  }

  /**
   * Adds an entry to the exception table: what becomes of a page fault that nobody else repairs.
   *
   * @param address of the instruction that may fault
   * @param fixUp moves the instruction pointer to where execution goes on, and says in a register
   *     that it failed
   */
  public void fixUp(long address, Consumer<PtRegs> fixUp) {
    marks.add(TextMarks.Mark.EXCEPTION_TABLE, address, address + 1);
    fixUps.put(address, fixUp);
  }

  /**
   * Names who runs the Java bodies that machine code calls.
   *
   * @param host who runs them
   */
  public void hostCalls(HostCalls host) {
    hostCalls = host;
  }

  HostCalls hostCalls() {
    return hostCalls;
  }

  /** The function with a Java body that is entered at {@code address}, or null. */
  @Nullable Symbol hostedAt(long address) {
    return hosted[text.offsetOf(address)];
  }

  /**
   * {@return whether one of those named with {@link #onFault} has dealt with a fault, or the
   * exception table has an entry for it}
   *
   * @param cpu the CPU that ran into it
   * @param fault why
   */
  public boolean repairs(Cpu cpu, RuntimeException fault) {
    for (FaultHook hook : faultHooks) {
      if (hook.handle(cpu, fault)) {
        return true;
      }
    }
    Consumer<PtRegs> fixUp =
        fault instanceof PageFaultException ? fixUps.get(cpu.regs().instructionPointer()) : null;
    if (fixUp != null) {
      fixUp.accept(cpu.regs());
    }
    return fixUp != null;
  }

  /**
   * Starts the online CPUs, once the text is complete.
   *
   * @param traps what they trap into
   */
  public void boot(TrapHandler traps) {
    text.complete();
    hosted = symbols.placeholders();
    cpus =
        IntStream.range(0, spec.onlineCpus())
            .mapToObj(id -> new Cpu(id, this, traps))
            .toArray(Cpu[]::new);
  }

  /**
   * {@return an online CPU, numbered from 0}
   *
   * @param id in {@code [0, onlineCpus)}
   */
  public Cpu cpu(int id) {
    return cpus[id];
  }

  /**
   * Creates a task; a CPU runs it after {@link Cpu#switchTo}.
   *
   * @param comm its name
   * @return a task with a number and a stack of its own
   */
  public Task newTask(String comm) {
    return new Task(pids.incrementAndGet(), comm);
  }
}
