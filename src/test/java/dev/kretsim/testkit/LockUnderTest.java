package dev.kretsim.testkit;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.lock.LockDesign;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.lock.RawSpinLock;
import dev.kretsim.memory.Memory;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A form of a lock, under one name for tests. */
public record LockUnderTest(String name, LockScene.Form form) {
  /** All that ship. */
  public static Stream<LockUnderTest> all() {
    return LockDesigns.shipped().stream().map(LockUnderTest::of);
  }

  public static LockUnderTest of(LockDesign kind) {
    return new LockUnderTest(kind.name(), kind::create);
  }

  /** The same on memory that {@code changed} makes of the right one. */
  public LockUnderTest on(UnaryOperator<Memory> changed) {
    return new LockUnderTest(
        name, (memory, word, cpus) -> form.create(changed.apply(memory), word, cpus));
  }

  public RawSpinLock create(Memory memory, int firstWord, CpuContexts cpus) {
    return form.create(memory, firstWord, cpus);
  }

  @Override
  public String toString() {
    return name;
  }
}
