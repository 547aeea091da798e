package dev.kretsim.pool;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Designs by the names that published throughput calls them, of which no kernel has most. */
public final class PublishedDesigns {
  /** One of them, for validation alone. */
  private record Design(String name, boolean locked, Function<PoolSpec, InstancePool> maker)
      implements PoolDesign {
    @Override
    public boolean exact() {
      return false;
    }

    @Override
    public Nesting nesting() {
      return locked ? Nesting.WHERE_INTERRUPTS_ARE_ON : Nesting.ANYWHERE;
    }

    @Override
    public InstancePool create(PoolSpec spec) {
      return maker.apply(spec);
    }
  }

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
      return design("hlist-per-cpu", true, spec -> new PerCpuHlist(spec, dealing));
    }
    if (name.startsWith("percpu freelist") || name.equals("flpc")) {
      return design("freelist-per-cpu", false, spec -> new PerCpuFreelist(spec, dealing));
    }
    if (name.equals("fl")) {
      return Optional.of(PoolDesigns.FREELIST);
    }
    if (name.startsWith("strided-array percpu") || name.matches("sapc|(op|rs)\\+")) {
      return design("roomy-ring-per-cpu", false, spec -> new PerCpuRing(spec, true, dealing));
    }
    if (name.startsWith("object pool") || name.startsWith("ring-slot") || name.matches("op|rs")) {
      return design("ring-per-cpu", false, spec -> new PerCpuRing(spec, false, dealing));
    }
    if (name.startsWith("strided-array") || name.equals("sa")) {
      return design("strided-array", false, StridedArray::new);
    }
    return name.startsWith("objpool") ? Optional.of(PoolDesigns.OBJPOOL) : PoolDesigns.named(name);
  }

  private static Optional<PoolDesign> design(
      String name, boolean locked, Function<PoolSpec, InstancePool> maker) {
    return Optional.of(new Design(name, locked, maker));
  }
}
