package dev.kretsim.probe.site;

import dev.kretsim.kernel.text.KernelText;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the probes of an address: an array over the bytes of the text. The kernel hashes addresses
 * into 64 buckets; what is found is the same.
 */
public final class SiteTable {
  private static final VarHandle SITE = MethodHandles.arrayElementVarHandle(Site[].class);

  private final KernelText text;
  private final @Nullable Site[] sites;

  public SiteTable(KernelText text) {
    this.text = text;
    this.sites = new Site[text.size()];
  }

  public @Nullable Site at(long address) {
    return (Site) SITE.getAcquire(sites, text.offsetOf(address));
  }

  /** Every address that has probes, in order. */
  List<Site> sites() {
    List<Site> all = new ArrayList<>();
    for (Site site : sites) {
      if (site != null) {
        all.add(site);
      }
    }
    return all;
  }

  /** The sites in {@code [from, to)}, in order. */
  List<Site> sites(long from, long to) {
    return sites().stream().filter(site -> site.address() >= from && site.address() < to).toList();
  }

  void put(Site site) {
    SITE.setRelease(sites, text.offsetOf(site.address()), site);
  }

  void remove(Site site) {
    SITE.setRelease(sites, text.offsetOf(site.address()), null);
  }
}
