package dev.kretsim.fleet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One number for many machines.
 *
 * @param hosts how many there are, those that failed among them
 * @param functions those that most hosts have first
 */
public record FleetPlan(
    int hosts, double target, double cover, List<Failed> failed, List<Function> functions) {
  public FleetPlan {
    failed = List.copyOf(failed);
    functions = List.copyOf(functions);
  }

  /** A host whose traces cannot be used. */
  public record Failed(String host, String why) {}

  /**
   * A function.
   *
   * @param hosts on how many it was called
   * @param defaultEnoughOn on how many the kernel's default is enough
   * @param curve one point for each maxactive from 1 to that at which nobody misses
   * @param outliers hosts that need more than covers the others
   */
  public record Function(
      String function,
      int hosts,
      int defaultEnoughOn,
      Sizes maxactive,
      Memory memory,
      MissesPerDay missesPerDay,
      List<Point> curve,
      List<Outlier> outliers) {
    public Function {
      curve = List.copyOf(curve);
      outliers = List.copyOf(outliers);
    }
  }

  /** Numbers that fit every host, the wanted share of them, and half of them. */
  public record Sizes(int all, int cover, int median) {}

  /** Bytes of kernel memory, all hosts together; null where the CPUs of one are not known. */
  public record Memory(@Nullable Long withAll, @Nullable Long withCover) {}

  /** Misses of all hosts together, if every day is like what was seen. */
  public record MissesPerDay(double byDefault, double withAll, double withCover) {}

  /**
   * What one number on every host does.
   *
   * @param missed calls missed, all hosts together
   * @param calls all calls of all hosts
   * @param hostsOverTarget hosts that miss more than the target
   */
  public record Point(int maxactive, long missed, long calls, int hostsOverTarget) {}

  /** A host that stands out. */
  public record Outlier(String host, int maxactive, String why) {}
}
