package dev.kretsim.lock;

import dev.kretsim.memory.Memory;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A form of a lock, under one name for tests. */
record LockUnderTest(String name, LockScene.Form form) {
  /** All that ship. */
  static Stream<LockUnderTest> all() {
    return Stream.of(LockKind.values()).map(LockUnderTest::of);
  }

  static LockUnderTest of(LockKind kind) {
    return new LockUnderTest(kind.label(), kind::create);
  }

  /** The same on memory that {@code changed} makes of the right one. */
  LockUnderTest on(UnaryOperator<Memory> changed) {
    return new LockUnderTest(
        name, (memory, word, cpus) -> form.create(changed.apply(memory), word, cpus));
  }

  RawSpinLock create(Memory memory, int firstWord, CpuContexts cpus) {
    return form.create(memory, firstWord, cpus);
  }

  @Override
  public String toString() {
    return name;
  }
}
