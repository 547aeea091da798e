package dev.kretsim.probe;

import dev.kretsim.kernel.KernelText;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the probes of an address: an array over the bytes of the text. */
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

  /** Every address that has probes. */
  List<ProbeSite> sites() {
    List<ProbeSite> all = new ArrayList<>();
    for (ProbeSite site : sites) {
      if (site != null) {
        all.add(site);
      }
    }
    return all;
  }

  /** Makes {@code site} what is found at its address, or nothing if it has no probes. */
  void put(ProbeSite site) {
    ProbeSite shown = site.probes().length == 0 ? null : site;
    SITE.setRelease(sites, text.offsetOf(site.address()), shown);
  }
}
