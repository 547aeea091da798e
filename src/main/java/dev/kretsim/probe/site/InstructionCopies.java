package dev.kretsim.probe.site;

import dev.kretsim.arch.Instruction;
import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.text.KernelText;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.kernel.text.TextMarks.Mark;
import dev.kretsim.probe.Errno;
import dev.kretsim.probe.KprobeException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Prepares probed instructions for being executed out of line, or refuses them: {@code
 * arch_prepare_kprobe}.
 */
final class InstructionCopies {
  /** How far back an exclusive load is looked for, in bytes: {@code MAX_ATOMIC_CONTEXT_SIZE}. */
  private static final int EXCLUSIVE_REACH = 128;

  private final Machine machine;
  private final KernelText text;
  private final InstructionSlots slots;

  InstructionCopies(Machine machine) {
    this.machine = machine;
    this.text = machine.text();
    this.slots = new InstructionSlots(machine, machine.arch().slotBytes());
  }

  /** An ftrace site needs no copy: it is a nop. */
  Ainsn onFtraceSite(Place place) {
    Instruction nop = require(text.instructionAt(place.address()), place);
    return new Ainsn(
        place.address(),
        place.address() + machine.arch().breakpoint().length,
        place.address() + nop.length(),
        nop,
        0,
        null,
        true,
        false);
  }

  /** What a breakpoint at {@code place} needs. */
  Ainsn prepare(Place place, Symbol symbol, boolean hasPostHandler) {
    Instruction instruction = decode(place, symbol);
    switch (instruction.treatment()) {
      case TRAPPING -> throw refused(Errno.EILSEQ, "traps by itself", place);
      case UNSUPPORTED ->
          throw refused(Errno.EOPNOTSUPP, "can be neither stepped nor emulated", place);
      case REJECTED -> throw refused(Errno.EINVAL, "cannot be probed", place);
      case STEPPED, EMULATED -> {}
    }
    boolean placeholder = symbol.has(Symbol.Trait.HOSTED);
    if (placeholder && !place.onEntry()) {
      throw refused(
          Errno.EOPNOTSUPP, "its function is written in Java, only its entry can be probed", place);
    }
    boolean boosted = boosts(place, instruction, hasPostHandler);
    if (placeholder || instruction.treatment() == Instruction.Treatment.EMULATED) {
      return ainsn(place, instruction, 0, null, placeholder, boosted);
    }
    return copied(place, instruction, boosted);
  }

  private Instruction decode(Place place, Symbol symbol) {
    int alignment = machine.arch().instructionAlignment();
    if (place.address() % alignment != 0) {
      throw refused(Errno.EINVAL, "not at a multiple of " + alignment, place);
    }
    if (machine.arch() == Arch.ARM64
        && machine.marks().has(Mark.EXCEPTION_TABLE, place.address())) {
      throw refused(Errno.EINVAL, "may fault, and has an entry in the exception table", place);
    }
    OptionalInt offset = text.boundary(symbol, place.address());
    if (offset.isEmpty()) {
      throw refused(Errno.EILSEQ, "in the middle of an instruction", place);
    }
    int start = (int) (place.address() - symbol.address());
    int from = Math.max(0, start - EXCLUSIVE_REACH);
    byte[] before = text.readCompiled(symbol.address() + from, start - from + alignment);
    if (machine.arch().instructions().insideExclusive(before, start - from)) {
      throw refused(Errno.EINVAL, "between an exclusive load and its store", place);
    }
    return require(text.instructionAt(place.address()), place);
  }

  private Ainsn copied(Place place, Instruction instruction, boolean boosted) {
    long slot = slots.take();
    byte[] original = text.readCompiled(place.address(), instruction.length());
    byte[] bytes =
        machine
            .arch()
            .instructions()
            .relocate(original, place.address(), slot)
            .orElseThrow(() -> tooFar(place, slot));
    slots.write(slot, bytes);
    Instruction copy = require(machine.arch().instructions().decode(bytes, 0).orElse(null), place);
    return ainsn(place, instruction, slot, copy, false, boosted);
  }

  private KprobeException tooFar(Place place, long slot) {
    slots.give(slot, false);
    return refused(Errno.EINVAL, "refers to data too far from its copy", place);
  }

  private Ainsn ainsn(
      Place place,
      Instruction instruction,
      long slot,
      @Nullable Instruction copy,
      boolean skipped,
      boolean boosted) {
    long address = place.address();
    boolean trapsBehind = machine.arch() == Arch.X86_64;
    long trapIp = trapsBehind ? address + machine.arch().breakpoint().length : address;
    return new Ainsn(
        address, trapIp, address + instruction.length(), instruction, slot, copy, skipped, boosted);
  }

  /**
   * A copy may end in a jump back where nothing can be preempted on it, if nobody wants to be
   * called after it. Nobody asks again when more probes come.
   */
  private boolean boosts(Place place, Instruction instruction, boolean hasPostHandler) {
    return machine.arch() == Arch.X86_64
        && !machine.spec().preemptible()
        && !hasPostHandler
        && instruction.boostable()
        && !machine.marks().has(Mark.EXCEPTION_TABLE, place.address());
  }

  void release(Ainsn ainsn) {
    if (ainsn.slot() != 0) {
      slots.give(ainsn.slot(), ainsn.boosted());
    }
  }

  private Instruction require(@Nullable Instruction instruction, Place place) {
    if (instruction == null) {
      throw refused(Errno.EILSEQ, "no instruction", place);
    }
    return instruction;
  }

  private KprobeException refused(Errno errno, String why, Place place) {
    return new KprobeException(
        errno, "%s: %s".formatted(why, machine.symbols().describe(place.address())));
  }
}
