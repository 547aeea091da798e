package dev.kretsim.arch.arm64;

import dev.kretsim.arch.AddressSpace;
import dev.kretsim.arch.PageFaultException;

/**
 * Loads and stores. Memory is accessed before any register changes, so that a fault leaves no
 * trace.
 *
 * <p>Exclusive stores always succeed: no other access comes between two instructions that are
 * executed one after the other.
 */
final class LoadsAndStores {
  private LoadsAndStores() {}

  /** Executes one; false if it is not interpreted. */
  static boolean execute(Word word, Regs regs, AddressSpace memory) {
    if (word.is(0x3b00_0000, 0x1800_0000)) {
      return literal(word, regs, memory);
    }
    if (word.bit(26)) {
      return false; // other vector registers than a literal's
    }
    if (word.is(0x3f00_0000, 0x0800_0000)) {
      return exclusive(word, regs, memory);
    }
    if (word.is(0x3a00_0000, 0x2800_0000)) {
      return pair(word, regs, memory);
    }
    if (word.is(0x3b00_0000, 0x3900_0000)) {
      long offset = (long) word.bits(10, 12) << word.bits(30, 2);
      return single(word, regs, memory, base(word, regs) + offset);
    }
    return word.is(0x3b00_0000, 0x3800_0000) && otherSingle(word, regs, memory);
  }

  private static boolean literal(Word word, Regs regs, AddressSpace memory) {
    long address = regs.instructionPointer() + word.offset(5, 19);
    int target = word.bits(0, 5);
    int kind = word.bits(30, 2);
    if (word.bit(26)) {
      if (kind != 1) {
        return false;
      }
      regs.setVector(target, memory.readWord(address));
      return true;
    }
    switch (kind) {
      case 0 -> regs.setX(target, memory.read(address, Integer.BYTES));
      case 1 -> regs.setX(target, memory.readWord(address));
      case 2 -> regs.setX(target, (int) memory.read(address, Integer.BYTES));
      default -> {} // a prefetch
    }
    return true;
  }

  /** Exclusive and ordered accesses to one register's worth of memory. */
  private static boolean exclusive(Word word, Regs regs, AddressSpace memory) {
    if (word.bit(21)) {
      return false; // pairs, and compare-and-swap
    }
    int bytes = 1 << word.bits(30, 2);
    int target = word.bits(0, 5);
    if (word.bit(22)) {
      regs.setX(target, memory.read(base(word, regs), bytes));
      return true;
    }
    memory.write(base(word, regs), bytes, regs.x(target));
    boolean ordered = word.bit(23);
    if (!ordered) {
      regs.setX(word.bits(16, 5), 0);
    }
    return true;
  }

  private static boolean pair(Word word, Regs regs, AddressSpace memory) {
    int kind = word.bits(30, 2);
    boolean load = word.bit(22);
    int index = word.bits(23, 2); // 0 and 2: offset, 1: after, 3: before
    boolean signed = kind == 1;
    int first = word.bits(0, 5);
    int second = word.bits(10, 5);
    boolean writesBack = (index & 1) != 0;
    if (kind == 3
        || signed && (!load || index == 0)
        || load && first == second
        || writesBack && (clobbersBase(word, first) || clobbersBase(word, second))) {
      return false;
    }
    int bytes = kind == 2 ? Long.BYTES : Integer.BYTES;
    long base = base(word, regs);
    long moved = base + word.signedBits(15, 7) * bytes;
    long address = index == 1 ? base : moved;
    if (load) {
      long low = memory.read(address, bytes);
      long high = memory.read(address + bytes, bytes);
      regs.setX(first, signed ? (int) low : low);
      regs.setX(second, signed ? (int) high : high);
    } else {
      storeBoth(memory, address, bytes, regs.x(first), regs.x(second));
    }
    if (writesBack) {
      regs.setXOrSp(word.bits(5, 5), moved);
    }
    return true;
  }

  private static void storeBoth(AddressSpace memory, long address, int bytes, long low, long high) {
    long before;
    try {
      before = memory.read(address, bytes);
    } catch (PageFaultException fault) {
      throw new PageFaultException(fault.address(), true);
    }
    memory.write(address, bytes, low);
    try {
      memory.write(address + bytes, bytes, high);
    } catch (PageFaultException fault) {
      memory.write(address, bytes, before); // one instruction: both are stored, or none
      throw fault;
    }
  }

  private static boolean otherSingle(Word word, Regs regs, AddressSpace memory) {
    long base = base(word, regs);
    int index = word.bits(10, 2); // 0: offset, 1: after, 2: unprivileged, 3: before
    if (word.bit(21)) {
      int extension = word.bits(13, 3);
      if (index != 2 || (extension & 2) == 0) {
        return false;
      }
      int by = word.bit(12) ? word.bits(30, 2) : 0;
      long offset = Alu.extend(regs.x(word.bits(16, 5)), extension, by);
      return single(word, regs, memory, base + offset);
    }
    boolean writesBack = (index & 1) != 0;
    boolean prefetch = word.bits(30, 2) == 3 && word.bits(22, 2) == 2;
    if (writesBack && clobbersBase(word, word.bits(0, 5)) || index != 0 && prefetch) {
      return false;
    }
    long moved = base + word.signedBits(12, 9);
    if (!single(word, regs, memory, index == 1 ? base : moved)) {
      return false;
    }
    if (writesBack) {
      regs.setXOrSp(word.bits(5, 5), moved);
    }
    return true;
  }

  private static boolean single(Word word, Regs regs, AddressSpace memory, long address) {
    int size = word.bits(30, 2);
    int bytes = 1 << size;
    int unused = 64 - 8 * bytes;
    int target = word.bits(0, 5);
    switch (word.bits(22, 2)) {
      case 0 -> memory.write(address, bytes, regs.x(target));
      case 1 -> regs.setX(target, memory.read(address, bytes));
      case 2 -> {
        boolean prefetch = size == 3;
        if (!prefetch) {
          regs.setX(target, memory.read(address, bytes) << unused >> unused);
        }
      }
      default -> {
        if (size >= 2) {
          return false;
        }
        regs.setX(target, false, memory.read(address, bytes) << unused >> unused);
      }
    }
    return true;
  }

  private static long base(Word word, Regs regs) {
    return regs.xOrSp(word.bits(5, 5));
  }

  /** Whether a register that is transferred is the base as well, which the architecture forbids. */
  private static boolean clobbersBase(Word word, int transferred) {
    return transferred == word.bits(5, 5) && transferred != Regs.SP;
  }
}
