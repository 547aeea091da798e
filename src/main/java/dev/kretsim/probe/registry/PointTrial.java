package dev.kretsim.probe.registry;

import dev.kretsim.probe.Errno;
import dev.kretsim.probe.KprobeFlag;
import dev.kretsim.probe.Preparation;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What came of registering a probe at one byte of a function; it is unregistered again.
 *
 * @param offset from the symbol's start, in bytes
 * @param errno null if it was accepted
 * @param why it was refused, in a few words; null if it was not
 * @param prepared what was made ready; null if it was refused
 * @param flags of the probe, once registered
 */
public record PointTrial(
    int offset,
    @Nullable Errno errno,
    @Nullable String why,
    @Nullable Preparation prepared,
    Set<KprobeFlag> flags) {
  /** {@return what the kernel returns: 0, or the negative error number} */
  public int rc() {
    return errno == null ? 0 : -errno.number();
  }
}
