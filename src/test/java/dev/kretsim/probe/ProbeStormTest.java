package dev.kretsim.probe;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.pool.InstancePool;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.pool.PoolDesigns;
import dev.kretsim.pool.PoolSpec;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The laws hold while calls, removals, deaths and migrations race on real threads; for minutes
 * instead of moments in {@link SoakTest}.
 */
class ProbeStormTest {
  private static final int ROUNDS = 3;
  private static final long ACTIONS = 4000;
  private static final int SEEDS = 12;

  private static void rage(ProbeStorm storm) {
    storm.rage(ROUNDS, () -> actions -> actions >= ACTIONS);
  }

  private static ProbeStorm.Setting with(PoolDesign pool) {
    return new ProbeStorm.Setting(
        KernelVersion.newest(),
        Arch.X86_64,
        pool,
        LockDesigns.QUEUED,
        PoolDesigns.shipped().indexOf(pool));
  }

  static List<PoolDesign> pools() {
    return PoolDesigns.shipped();
  }

  @ParameterizedTest
  @MethodSource("pools")
  void noStormBreaksALawOfAnyPool(PoolDesign pool) {
    assertThatCode(() -> rage(new ProbeStorm(with(pool)))).doesNotThrowAnyException();
  }

  static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noStormBreaksALawOfAnyKernel(long seed) {
    ProbeStorm.Setting setting = ProbeStorm.Setting.random(seed);
    assertThatCode(() -> rage(new ProbeStorm(setting))).doesNotThrowAnyException();
  }

  /** Now and then it does what a broken one would. */
  private abstract static class Faulty implements InstancePool {
    private static final int BETWEEN_FAULTS = 50;

    final InstancePool sound;
    private final AtomicInteger calls = new AtomicInteger();

    Faulty(PoolSpec spec) {
      sound = PoolDesigns.OBJPOOL.create(spec);
    }

    boolean isFaultDue() {
      return calls.incrementAndGet() % BETWEEN_FAULTS == 0;
    }

    @Override
    public int capacity() {
      return sound.capacity();
    }

    @Override
    public int pop(int cpu) {
      return sound.pop(cpu);
    }

    @Override
    public void push(int cpu, int instance) {
      sound.push(cpu, instance);
    }

    @Override
    public int free() {
      return sound.free();
    }
  }

  private static class Forgetful extends Faulty {
    Forgetful(PoolSpec spec) {
      super(spec);
    }

    @Override
    public void push(int cpu, int instance) {
      if (!isFaultDue()) {
        super.push(cpu, instance);
      }
    }
  }

  /**
   * Whoever is the first to push what two have got pushes nothing: more than it holds breaks it.
   */
  private static class Generous extends Faulty {
    private volatile int latest = MISSED;
    private final AtomicIntegerArray handedOutAgain = new AtomicIntegerArray(capacity());

    Generous(PoolSpec spec) {
      super(spec);
    }

    @Override
    public int pop(int cpu) {
      int again = latest;
      if (again != MISSED && isFaultDue()) {
        handedOutAgain.incrementAndGet(again);
        return again;
      }
      int instance = super.pop(cpu);
      latest = instance;
      return instance;
    }

    @Override
    public void push(int cpu, int instance) {
      if (handedOutAgain.getAndUpdate(instance, times -> Math.max(0, times - 1)) == 0) {
        super.push(cpu, instance);
      }
    }
  }

  @Test
  void aStormFindsOutAPoolThatLosesInstances() {
    ProbeStorm storm = new ProbeStorm(with(PoolDesigns.OBJPOOL), Forgetful::new);
    assertThatThrownBy(() -> rage(storm)).hasMessageContaining("L1 conservation");
  }

  @Test
  void aStormFindsOutAPoolThatHandsOutAnInstanceTwice() {
    ProbeStorm storm = new ProbeStorm(with(PoolDesigns.OBJPOOL), Generous::new);
    assertThatThrownBy(() -> rage(storm)).isInstanceOf(AssertionError.class);
  }
}
