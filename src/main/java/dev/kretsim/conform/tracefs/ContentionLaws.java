package dev.kretsim.conform.tracefs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kretsim.conform.recording.Comparison.Difference;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.pool.PoolDesigns;
import java.util.ArrayList;
import java.util.List;

/**
 * What holds for every race of calls for instances, whoever wins.
 *
 * <p>Each call is missed or returns, and a counter that is not under a lock may forget misses, but
 * only while CPUs count at once. A pool that is never too small misses nothing; the lock-free list
 * alone sometimes does, when an instance is on its way back.
 */
public final class ContentionLaws {
  private final List<Difference> differences = new ArrayList<>();

  private ContentionLaws() {}

  /**
   * Which laws a row of a storm breaks.
   *
   * @param row threads, maxactive, calls, and what became of them
   * @param cpus that ran them
   */
  public static List<Difference> differences(JsonNode row, MachineSpec machine, int cpus) {
    ContentionLaws laws = new ContentionLaws();
    long calls = row.path("calls").asLong();
    long missed = row.path("nmissed").asLong();
    long returned = row.path("return_handler_calls").asLong();
    long threads = row.path("threads").asLong();
    laws.check(machine, cpus, calls, missed, returned, threads);
    laws.require(
        row.path("calls_unaccounted").asLong() == calls - missed - returned,
        "calls_unaccounted",
        calls - missed - returned,
        "calls - nmissed - returns");
    boolean enough = threads <= row.path("maxactive").asLong();
    boolean transientMisses = machine.version().pool().equals(PoolDesigns.FREELIST);
    laws.require(
        !enough || transientMisses || missed == 0,
        "nmissed",
        missed,
        "0, as there are no more threads than instances");
    return laws.differences;
  }

  /**
   * Which laws the counts of a race break.
   *
   * @param settled calls that returned, were declined, or are still inside
   * @param threads that called at once
   */
  public static List<Difference> differences(
      MachineSpec machine, long calls, long missed, long settled, long threads) {
    ContentionLaws laws = new ContentionLaws();
    laws.check(machine, machine.onlineCpus(), calls, missed, settled, threads);
    return laws.differences;
  }

  private void check(
      MachineSpec machine, int cpus, long calls, long missed, long settled, long threads) {
    long truly = calls - settled;
    boolean exact = machine.version().pool().locked() || cpus == 1 || threads == 1;
    require(missed <= truly, "nmissed", missed, "at most " + truly);
    require(!exact || missed == truly, "nmissed", missed, "exactly " + truly);
    // Whoever forgets a miss has another CPU count at that moment.
    long counting = Math.max(1, Math.min(threads, cpus));
    require(missed * counting >= truly, "nmissed", missed, "at least " + truly / counting);
  }

  private void require(boolean holds, String field, long recorded, String law) {
    if (!holds) {
      differences.add(
          new Difference(
              field, JsonNodeFactory.instance.numberNode(recorded), TextNode.valueOf(law)));
    }
  }
}
