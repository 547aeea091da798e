package dev.kretsim.pool;

import java.util.Locale;
import java.util.Optional;

/** Designs by the names that published throughput calls them, of which no kernel has most. */
public final class PublishedDesigns {
  private PublishedDesigns() {}

  /**
   * The design that a series is of.
   *
   * @param published its name there, such as {@code fl}, {@code rs+} or {@code strided-array}
   * @param inBlocks whether neighbouring instances begin on the same CPU, as they do where they
   *     were made together with each CPU's list; otherwise they are dealt by turns
   * @return empty if no design here is known by that name
   */
  public static Optional<PoolDesign> named(String published, boolean inBlocks) {
    Dealing dealing = inBlocks ? Dealing.IN_BLOCKS : Dealing.BY_TURNS;
    String name = published.toLowerCase(Locale.ROOT);
    if (name.startsWith("percpu freelist 2") || name.equals("pc")) {
      return Optional.of(new PerCpuHlist(dealing));
    }
    if (name.startsWith("percpu freelist") || name.equals("flpc")) {
      return Optional.of(new PerCpuFreelist(dealing));
    }
    if (name.equals("fl")) {
      return Optional.of(PoolDesigns.FREELIST);
    }
    if (name.startsWith("strided-array percpu") || name.matches("sapc|(op|rs)\\+")) {
      return Optional.of(new PerCpuRing(true, dealing));
    }
    if (name.startsWith("object pool") || name.startsWith("ring-slot") || name.matches("op|rs")) {
      return Optional.of(new PerCpuRing(false, dealing));
    }
    if (name.startsWith("strided-array") || name.equals("sa")) {
      return Optional.of(new StridedArray());
    }
    return name.startsWith("objpool") ? Optional.of(PoolDesigns.OBJPOOL) : PoolDesigns.named(name);
  }
}
