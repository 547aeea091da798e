package dev.kretsim.probe;

import dev.kretsim.kernel.KernelText;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the probes of an address: an array over the bytes of the text. The kernel hashes addresses
 * into 64 buckets; what is found is the same.
 */
final class ProbeTable {
  private static final VarHandle SITE = MethodHandles.arrayElementVarHandle(ProbeSite[].class);

  private final KernelText text;
  private final @Nullable ProbeSite[] sites;

  ProbeTable(KernelText text) {
    this.text = text;
    this.sites = new ProbeSite[text.size()];
  }

  @Nullable ProbeSite at(long address) {
    return (ProbeSite) SITE.getAcquire(sites, text.offsetOf(address));
  }

  /** Every address that has probes, in order. */
  List<ProbeSite> sites() {
    List<ProbeSite> all = new ArrayList<>();
    for (ProbeSite site : sites) {
      if (site != null) {
        all.add(site);
      }
    }
    return all;
  }

  /** The sites in {@code [from, to)}, in order. */
  List<ProbeSite> sites(long from, long to) {
    return sites().stream().filter(site -> site.address() >= from && site.address() < to).toList();
  }

  void put(ProbeSite site) {
    SITE.setRelease(sites, text.offsetOf(site.address()), site);
  }

  void remove(ProbeSite site) {
    SITE.setRelease(sites, text.offsetOf(site.address()), null);
  }
}
