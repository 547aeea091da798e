package dev.kretsim.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A heap that is large is tidied, and not for every host. */
class HeapWatchTest {
  private static final int HOSTS = 10 * HeapWatch.FEWEST_HOSTS;

  private final AtomicLong size = new AtomicLong();
  private final AtomicInteger tidied = new AtomicInteger();

  private void plan(HeapWatch heap) {
    for (int host = 0; host < HOSTS; host++) {
      heap.hostDone();
    }
  }

  @Test
  void aSmallHeapIsLeftAlone() {
    size.set(HeapWatch.LARGE);
    plan(new HeapWatch(size::get, tidied::incrementAndGet));
    assertThat(tidied).hasValue(0);
  }

  @Test
  void aLargeOneIsTidiedAsSoonAsManyHostsAreDone() {
    size.set(HeapWatch.LARGE + 1);
    plan(
        new HeapWatch(
            size::get,
            () -> {
              tidied.incrementAndGet();
              size.set(0);
            }));
    assertThat(tidied).hasValue(1);
  }

  @Test
  void oneThatStaysLargeCostsNoMoreThanTheHostsDo() {
    size.set(Long.MAX_VALUE);
    plan(new HeapWatch(size::get, tidied::incrementAndGet));
    assertThat(tidied).hasValue(HOSTS / HeapWatch.FEWEST_HOSTS);
  }
}
