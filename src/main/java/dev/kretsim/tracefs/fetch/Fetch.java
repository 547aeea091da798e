package dev.kretsim.tracefs.fetch;

import dev.kretsim.arch.AddressSpace;
import dev.kretsim.arch.PageFaultException;
import dev.kretsim.arch.PtRegs;
import java.util.function.ToLongFunction;

/** Where the value of an argument comes from. */
public sealed interface Fetch {
  /** A register, by its place among the architecture's. */
  record Register(int index) implements Fetch {}

  record StackPointer() implements Fetch {}

  /** A word of the kernel stack, counted from its top. */
  record StackWord(int n) implements Fetch {}

  record ReturnValue() implements Fetch {}

  /** A function's argument, counted from 0; on a return probe, as it was at the entry. */
  record Argument(int n) implements Fetch {}

  /** All parameters of a function whose parameters are not known here. */
  record Parameters() implements Fetch {}

  record Comm() implements Fetch {}

  /** The running task's descriptor. */
  record Current() implements Fetch {}

  record Immediate(long value) implements Fetch {}

  record Text(String value) implements Fetch {}

  /** An address by name, found when the event is made. */
  record SymbolAddress(String symbol, long offset) implements Fetch {}

  /** Memory at another value plus an offset. */
  record Memory(Fetch address, long offset, boolean user) implements Fetch {}

  /** A field of a structure: what is there depends on a layout that is not emulated. */
  record Field(Fetch of, String path) implements Fetch {}

  /** This CPU's copy of a per-CPU variable: its address, or what is there. */
  record PerCpu(Fetch of, boolean read) implements Fetch {}

  /**
   * What a hit offers.
   *
   * @param arguments what {@code $argN} is
   * @param symbols addresses of symbols
   * @param current the running task's descriptor
   */
  record Hit(
      PtRegs regs,
      AddressSpace memory,
      long[] arguments,
      ToLongFunction<String> symbols,
      long current) {}

  /** Whether it is the contents of memory. */
  default boolean isMemory() {
    return this instanceof Memory || this instanceof Field;
  }

  /**
   * The value, or for a text in memory the address.
   *
   * @throws PageFaultException if it goes through memory that is not there
   */
  default long value(Hit hit) {
    if (this instanceof Memory memory) {
      return hit.memory().readWord(memory.address().value(hit) + memory.offset());
    }
    return address(hit);
  }

  /** For memory the address; otherwise the value itself. */
  default long address(Hit hit) {
    if (this instanceof Register register) {
      return hit.regs().words[register.index()];
    } else if (this instanceof StackPointer) {
      return hit.regs().stackPointer();
    } else if (this instanceof StackWord word) {
      return hit.regs().stackWord(word.n(), hit.memory());
    } else if (this instanceof ReturnValue) {
      return hit.regs().returnValue();
    } else if (this instanceof Argument argument) {
      return argument.n() < hit.arguments().length ? hit.arguments()[argument.n()] : 0;
    } else if (this instanceof Current) {
      return hit.current();
    } else if (this instanceof Immediate immediate) {
      return immediate.value();
    } else if (this instanceof SymbolAddress symbol) {
      return hit.symbols().applyAsLong(symbol.symbol()) + symbol.offset();
    } else if (this instanceof Memory memory) {
      return memory.address().value(hit) + memory.offset();
    } else if (this instanceof PerCpu perCpu) {
      return perCpu.of().value(hit);
    } else if (this instanceof Field field) {
      throw new PageFaultException(field.of().value(hit), false); // structures are not emulated
    }
    throw new IllegalStateException("has no number: " + this);
  }
}
