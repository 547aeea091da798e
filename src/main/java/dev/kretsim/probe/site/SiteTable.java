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
    return sites(0, sites.length);
  }

  /** The sites in {@code [from, to)}, in order. */
  List<Site> sites(long from, long to) {
    return sites(Math.max(text.offsetOf(from), 0), Math.min(text.offsetOf(to), sites.length));
  }

  private List<Site> sites(int from, int to) {
    List<Site> found = new ArrayList<>();
    for (int i = from; i < to; i++) {
      Site site = sites[i];
      if (site != null) {
        found.add(site);
      }
    }
    return found;
  }

  void put(Site site) {
    SITE.setRelease(sites, text.offsetOf(site.address()), site);
  }

  void remove(Site site) {
    SITE.setRelease(sites, text.offsetOf(site.address()), null);
  }
}
