package dev.kretsim.probe.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.pool.PoolDesigns;
import dev.kretsim.probe.Rig;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kernel's own suite: on every version, architecture and pool, through ftrace and with
 * breakpoints, in virtual time and while another CPU keeps running into the same probes.
 */
class KunitSuiteTest {
  private static final long SEED = 20_240_611;

  /** Rounds after which the other CPU stops by itself, should the case never end. */
  private static final int MOST_ROUNDS = 1_000_000;

  enum Drive {
    VIRTUAL_TIME,
    REAL_THREADS
  }

  static Stream<Arguments> machines() {
    return Rig.kernels()
        .flatMap(
            kernel ->
                PoolDesigns.shipped().stream()
                    .flatMap(
                        pool ->
                            Stream.of(true, false)
                                .flatMap(
                                    traceable ->
                                        Stream.of(Drive.values())
                                            .map(
                                                drive ->
                                                    Arguments.of(
                                                        kernel.get()[0],
                                                        kernel.get()[1],
                                                        pool,
                                                        traceable,
                                                        drive)))));
  }

  @ParameterizedTest(name = "{0} {1} {2} traceable={3} {4}")
  @MethodSource("machines")
  void aKprobesHandlersRun(
      KernelVersion version, Arch arch, PoolDesign pool, boolean traceable, Drive drive) {
    run(version, arch, pool, traceable, drive, KunitCases::kprobe);
  }

  @ParameterizedTest(name = "{0} {1} {2} traceable={3} {4}")
  @MethodSource("machines")
  void kprobesOfOneArrayAreHitEachByItsOwnFunction(
      KernelVersion version, Arch arch, PoolDesign pool, boolean traceable, Drive drive) {
    run(version, arch, pool, traceable, drive, KunitCases::kprobes);
  }

  @ParameterizedTest(name = "{0} {1} {2} traceable={3} {4}")
  @MethodSource("machines")
  void handlersThatCallTheProbedFunctionMissOnceEach(
      KernelVersion version, Arch arch, PoolDesign pool, boolean traceable, Drive drive) {
    run(version, arch, pool, traceable, drive, KunitCases::kprobeMissed);
  }

  @ParameterizedTest(name = "{0} {1} {2} traceable={3} {4}")
  @MethodSource("machines")
  void aKretprobesHandlersRun(
      KernelVersion version, Arch arch, PoolDesign pool, boolean traceable, Drive drive) {
    run(version, arch, pool, traceable, drive, KunitCases::kretprobe);
  }

  @ParameterizedTest(name = "{0} {1} {2} traceable={3} {4}")
  @MethodSource("machines")
  void kretprobesOfOneArraySeeEachItsOwnFunctionsValue(
      KernelVersion version, Arch arch, PoolDesign pool, boolean traceable, Drive drive) {
    run(version, arch, pool, traceable, drive, KunitCases::kretprobes);
  }

  @ParameterizedTest(name = "{0} {1} {2} traceable={3} {4}")
  @MethodSource("machines")
  void aStackTraceInAReturnHandlerStartsInTheTrueCaller(
      KernelVersion version, Arch arch, PoolDesign pool, boolean traceable, Drive drive) {
    run(version, arch, pool, traceable, drive, KunitCases::stackTraceOnKretprobe);
  }

  @ParameterizedTest(name = "{0} {1} {2} traceable={3} {4}")
  @MethodSource("machines")
  void aStackTraceShowsTheTrueCallersOfNestedProbedCalls(
      KernelVersion version, Arch arch, PoolDesign pool, boolean traceable, Drive drive) {
    run(version, arch, pool, traceable, drive, KunitCases::stackTraceOnNestedKretprobe);
  }

  @ParameterizedTest(name = "{0} {1} {2} traceable={3} {4}")
  @MethodSource("machines")
  void theStartUpTestHitsEachProbeOnce(
      KernelVersion version, Arch arch, PoolDesign pool, boolean traceable, Drive drive) {
    run(version, arch, pool, traceable, drive, KunitCases::startUpTest);
  }

  private static void run(
      KernelVersion version,
      Arch arch,
      PoolDesign pool,
      boolean traceable,
      Drive drive,
      Consumer<KunitCases> body) {
    KunitCases cases = new KunitCases(version, arch, pool, traceable, SEED);
    if (drive == Drive.VIRTUAL_TIME) {
      cases.kprobes.drivenByOneThread();
      there(cases);
      cases.callEverything();
      here(cases);
      body.accept(cases);
      there(cases);
      cases.callEverything();
      here(cases);
    } else {
      here(cases);
      besideAnotherCpu(cases, body);
    }
    cases.finish();
  }

  private static void here(KunitCases cases) {
    cases.switchTo(KunitCases.HERE);
  }

  private static void there(KunitCases cases) {
    cases.switchTo(KunitCases.THERE);
  }

  private static void besideAnotherCpu(KunitCases cases, Consumer<KunitCases> body) {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch stop = new CountDownLatch(1);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread other = new Thread(() -> keepCalling(cases, running, stop, failure), "cpu0");
    other.setDaemon(true);
    other.start();
    try {
      await(running);
      body.accept(cases);
    } finally {
      stop.countDown();
      join(other);
    }
    assertThat(failure.get()).isNull();
  }

  private static void keepCalling(
      KunitCases cases,
      CountDownLatch running,
      CountDownLatch stop,
      AtomicReference<@Nullable Throwable> failure) {
    try {
      there(cases);
      for (int round = 0; round < MOST_ROUNDS && stop.getCount() > 0; round++) {
        cases.machine.rcu().quiescent(KunitCases.THERE);
        cases.callEverything();
        running.countDown();
      }
    } catch (RuntimeException | Error e) {
      failure.set(e);
    } finally {
      cases.machine.rcu().stopped(KunitCases.THERE);
      running.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
