package dev.kretsim.trace;

import dev.kretsim.trace.read.TraceReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Counts what pools of some sizes would miss, with a plain count of free instances. */
public final class Misses implements CallConsumer {
  private static final int LARGEST = 8;

  private final Map<Integer, int[]> missed = new HashMap<>();
  private final Map<Integer, int[]> taken = new HashMap<>();
  private final Map<Integer, Integer> calls = new HashMap<>();
  private final Map<Call, Set<Integer>> holds = new HashMap<>();
  private long lost;
  private long firstEntryNs = -1;

  public static TraceReader.Reading<Misses> of(TraceSource source) {
    try (source) {
      return new TraceReader(source, null).read(Misses::new);
    }
  }

  @Override
  public void enter(Call call) {
    firstEntryNs = firstEntryNs < 0 ? call.entryNs() : firstEntryNs;
    calls.merge(call.function(), 1, Integer::sum);
    int[] inUse = taken.computeIfAbsent(call.function(), key -> new int[LARGEST + 1]);
    int[] misses = missed.computeIfAbsent(call.function(), key -> new int[LARGEST + 1]);
    Set<Integer> held = new HashSet<>();
    for (int size = 1; size <= LARGEST; size++) {
      if (inUse[size] < size) {
        inUse[size]++;
        held.add(size);
      } else {
        misses[size]++;
      }
    }
    holds.put(call, held);
  }

  @Override
  public void leave(Call call) {
    lost += call.lost() ? 1 : 0;
    Set<Integer> held = holds.remove(call);
    int[] inUse = taken.get(call.function());
    if (held == null || inUse == null) {
      throw new IllegalStateException("left without having entered: " + call.entryNs());
    }
    held.forEach(size -> inUse[size]--);
  }

  public int calls(int function) {
    return calls.getOrDefault(function, 0);
  }

  public int missed(int function, int size) {
    return missed.getOrDefault(function, new int[LARGEST + 1])[size];
  }

  public long lost() {
    return lost;
  }

  public long firstEntryNs() {
    return firstEntryNs;
  }
}
