package dev.kretsim.probe.site;

import dev.kretsim.arch.Instruction;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.kernel.text.TextMarks.Mark;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where a function jumps to, and where it does what forbids jumps into detours anywhere in it: an
 * instruction that does not decode, that may fault, or that jumps anywhere. Kernels built against
 * branch speculation do not fear indirect jumps.
 *
 * @param sources the first jump to each target
 * @param obstacles addresses of what forbids detours
 * @param traps addresses of what traps by design
 */
record FunctionFlow(
    Symbol function, TreeMap<Long, Long> sources, TreeSet<Long> obstacles, TreeSet<Long> traps) {
  static FunctionFlow of(Symbol function, Machine machine) {
    FunctionFlow flow =
        new FunctionFlow(function, new TreeMap<>(), new TreeSet<>(), new TreeSet<>());
    boolean fearsIndirect = !machine.spec().branchTracking();
    long end = function.address() + function.size();
    for (long at = function.address(); at < end; ) {
      Instruction instruction = machine.text().instructionAt(at);
      if (instruction == null || machine.marks().has(Mark.EXCEPTION_TABLE, at)) {
        flow.obstacles.add(at);
      }
      if (instruction == null) {
        break;
      }
      if (fearsIndirect && instruction.jumpsIndirectly()) {
        flow.obstacles.add(at);
      }
      if (instruction.treatment() == Instruction.Treatment.TRAPPING) {
        flow.traps.add(at);
      }
      OptionalLong target = instruction.target(at);
      if (target.isPresent()) {
        flow.sources.putIfAbsent(target.getAsLong(), at);
      }
      at += instruction.length();
    }
    return flow;
  }

  /**
   * Whether a jump may cover {@code [first - 1, last]}.
   *
   * @param stopsAtPadding whether what follows the next trap is taken for padding, and not looked
   *     at
   */
  boolean nobodyJumpsIn(long first, long last, boolean stopsAtPadding) {
    Long padding = stopsAtPadding ? traps.ceiling(first) : null;
    long end = padding == null ? function.address() + function.size() : padding;
    Long obstacle = obstacles.isEmpty() ? null : obstacles.first();
    return (obstacle == null || obstacle > end)
        && sources.subMap(first, true, last, true).values().stream().noneMatch(from -> from < end);
  }
}
