package dev.kretsim.lock;

import dev.kretsim.testkit.LockContract;
import java.util.List;

/** The forms that ship keep what every lock promises. */
class RawSpinLockTest extends LockContract {
  @Override
  protected List<LockDesign> designs() {
    return LockDesigns.shipped();
  }
}
