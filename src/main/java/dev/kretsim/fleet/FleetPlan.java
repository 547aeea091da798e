package dev.kretsim.fleet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One number for many machines.
 *
 * @param hosts how many there are, those that failed among them
 * @param remarks of the hosts' own plans, in the order of the hosts
 * @param functions those that most hosts have first
 */
public record FleetPlan(
    int hosts,
    double target,
    double cover,
    List<Failed> failed,
    List<Remark> remarks,
    List<Function> functions) {
  public FleetPlan {
    failed = List.copyOf(failed);
    remarks = List.copyOf(remarks);
    functions = List.copyOf(functions);
  }

  /** A host whose traces cannot be used. */
  public record Failed(String host, String why) {}

  /** What a host's own plan remarks on. */
  public record Remark(String host, String text) {}

  /**
   * A function.
   *
   * @param hosts on how many it was called
   * @param simulatedHosts of how many a model tells it, since the calls themselves were not
   *     recorded
   * @param defaultEnoughOn on how many the kernel's default is enough
   * @param defaultUnknownOn on how many it is not known what the kernel's default is
   * @param spanUnknownOn on how many it is not known how long was looked: misses a day leave them
   *     out
   * @param spanShortOn on how many less than a minute was looked: a day is far from what they saw
   * @param maxactive what hosts should have: what they need, or their default if that is more
   * @param smallest the least that they need
   * @param tooShort hosts that recorded too little to show that they keep to the target: of them
   *     all tasks that were seen are counted
   * @param needs how many hosts should have which number, the smallest first
   * @param curve one point for each maxactive from 1 to that at which nobody misses
   * @param outliers hosts that need much more than the others, those that need most first
   */
  public record Function(
      String function,
      int hosts,
      int simulatedHosts,
      int defaultEnoughOn,
      int defaultUnknownOn,
      int spanUnknownOn,
      int spanShortOn,
      Sizes maxactive,
      Sizes smallest,
      List<String> tooShort,
      List<Need> needs,
      Memory memory,
      MissesPerDay missesPerDay,
      List<Point> curve,
      List<Outlier> outliers) {
    public Function {
      tooShort = List.copyOf(tooShort);
      needs = List.copyOf(needs);
      curve = List.copyOf(curve);
      outliers = List.copyOf(outliers);
    }

    /** Calls of the hosts of which a model tells them. */
    public long simulatedCalls() {
      return curve.isEmpty() ? 0 : curve.get(0).simulatedCalls();
    }
  }

  /** Numbers that fit every host, the wanted share of them, and half of them. */
  public record Sizes(int all, int cover, int median) {}

  /** Hosts that should have the same number. */
  public record Need(int maxactive, int hosts) {}

  /** Bytes of kernel memory, all hosts together; null where the CPUs of one are not known. */
  public record Memory(@Nullable Long withAll, @Nullable Long withCover) {}

  /**
   * Misses of all hosts together of which it is known how long was looked, if every day is like
   * what was seen; null if that is known of none.
   *
   * @param byDefault of the hosts whose default is known too
   */
  public record MissesPerDay(
      @Nullable Double byDefault, @Nullable Double withAll, @Nullable Double withCover) {}

  /**
   * What one number on every host does.
   *
   * @param missed recorded calls that are missed, all hosts together
   * @param calls all recorded calls of all hosts
   * @param simulatedMissed misses of the hosts whose calls a model tells, apart
   * @param simulatedCalls calls of these
   * @param hostsOverTarget hosts that miss more than the target
   * @param missesPerDay of all hosts together of which it is known how long was looked, if every
   *     day is like what was seen; null if that is known of none
   */
  public record Point(
      int maxactive,
      long missed,
      long calls,
      long simulatedMissed,
      long simulatedCalls,
      int hostsOverTarget,
      @Nullable Double missesPerDay) {}

  /** A host that stands out. */
  public record Outlier(String host, int maxactive, String why) {}
}
