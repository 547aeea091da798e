package dev.kretsim.stress.twins;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.probe.TwinProbes;
import dev.kretsim.stress.pool.BothMiss;
import dev.kretsim.stress.probe.BothCall;
import dev.kretsim.stress.probe.OneOfTwoLeaves;
import dev.kretsim.stress.probe.PokedCode;
import dev.kretsim.stress.probe.ProbeParts;
import dev.kretsim.stress.probe.RegisterRace;
import dev.kretsim.stress.probe.SharedAddress;
import dev.kretsim.stress.probe.UnregisterRace;
import java.util.function.Supplier;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Probes that break a promise: twins of the tests of registration and of hits. */
public class ProbeTwins {
  private ProbeTwins() {}

  /** The owner frees its data under a running handler. */
  @JCStressTest
  @Outcome(
      id = {"unprobed", "handled", "orphaned"},
      expect = ACCEPTABLE,
      desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: a handler ran too late, or a law is broken.")
  @State
  public static class HastyUnregister extends UnregisterRace {
    /** The planted bug's name. */
    public static final String PLANTED = "unregister that does not wait for returns";

    private static final Supplier<TwinProbes> PARTS = TwinProbes.of(PLANTED);

    public HastyUnregister() {
      super(PlantedParts.of(PARTS.get(), KernelVersion.V6_12));
    }

    @Actor
    public void calling() {
      callOnce();
    }

    @Actor
    public void leaving() {
      unregister();
    }

    @Arbiter
    public void afterwards(L_Result result) {
      result.r1 = verdict();
    }
  }

  /** The dying task gives back to a pool that is gone. */
  @JCStressTest
  @Outcome(
      id = {"unprobed", "flushed", "orphaned"},
      expect = ACCEPTABLE,
      desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: a handler ran too late, or a law is broken.")
  @State
  public static class HastyUnregisterWhileATaskDies extends UnregisterRace {
    /** The planted bug's name. */
    public static final String PLANTED = "unregister that does not wait for returns";

    private static final Supplier<TwinProbes> PARTS = TwinProbes.of(PLANTED);

    public HastyUnregisterWhileATaskDies() {
      super(PlantedParts.of(PARTS.get(), KernelVersion.V5_14));
    }

    @Actor
    public void dying() {
      dieInside();
    }

    @Actor
    public void leaving() {
      unregister();
    }

    @Arbiter
    public void afterwards(L_Result result) {
      result.r1 = verdict();
    }
  }

  /** The other kretprobe has no part in it. */
  @JCStressTest
  @Outcome(
      id = {"handled, unprobed", "handled, handled", "handled, orphaned"},
      expect = ACCEPTABLE,
      desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: a handler ran too late, or a law is broken.")
  @State
  public static class HastyUnregisterOfOneOfTwo extends OneOfTwoLeaves {
    /** The planted bug's name. */
    public static final String PLANTED = "unregister that does not wait for returns";

    private static final Supplier<TwinProbes> PARTS = TwinProbes.of(PLANTED);

    public HastyUnregisterOfOneOfTwo() {
      super(PlantedParts.of(PARTS.get(), KernelVersion.V6_12), true);
    }

    @Actor
    public void calling() {
      callOnce();
    }

    @Actor
    public void leaving() {
      unregister();
    }

    @Arbiter
    public void afterwards(L_Result result) {
      result.r1 = verdict();
    }
  }

  /** A CPU is in the detour when the owner frees its data. */
  @JCStressTest
  @Outcome(
      id = {"none", "the first", "all"},
      expect = ACCEPTABLE,
      desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: a handler ran too late, or a law is broken.")
  @State
  public static class HastyUnregisterUnderAJump extends PokedCode {
    /** The planted bug's name. */
    public static final String PLANTED = "unregister that does not wait for returns";

    private static final Supplier<TwinProbes> PARTS = TwinProbes.of(PLANTED);

    public HastyUnregisterUnderAJump() {
      super(PlantedParts.of(PARTS.get(), KernelVersion.V6_12));
      register();
      optimize();
    }

    @Actor
    public void running() {
      runInTurn();
    }

    @Actor
    public void poking() {
      unregister();
    }

    @Arbiter
    public void afterwards(L_Result result) {
      result.r1 = verdict();
    }
  }

  /** A CPU is at the old list when the owner frees its data. */
  @JCStressTest
  @Outcome(
      id = {"none", "the first", "all"},
      expect = ACCEPTABLE,
      desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: a handler ran too late, or a law is broken.")
  @State
  public static class HastyUnregisterAtASharedAddress extends SharedAddress {
    /** The planted bug's name. */
    public static final String PLANTED = "unregister that does not wait for returns";

    private static final Supplier<TwinProbes> PARTS = TwinProbes.of(PLANTED);

    public HastyUnregisterAtASharedAddress() {
      super(PlantedParts.of(PARTS.get(), KernelVersion.V6_12), true);
    }

    @Actor
    public void running() {
      runInTurn();
    }

    @Actor
    public void leaving() {
      remove();
    }

    @Arbiter
    public void afterwards(L_Result result) {
      result.r1 = verdictOfGoing();
    }
  }

  /** An instance goes with each call that is declined. */
  @JCStressTest
  @Outcome(
      id = {"1", "2"},
      expect = ACCEPTABLE,
      desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: a law is broken, or data is that of another call.")
  @State
  public static class Forgetful extends BothCall {
    /** The planted bug's name. */
    public static final String PLANTED = "decline that forgets the push";

    private static final Supplier<TwinProbes> PARTS = TwinProbes.of(PLANTED);

    public Forgetful() {
      super(PlantedParts.of(PARTS.get(), KernelVersion.V6_12), 1);
    }

    @Actor
    public void cpu0() {
      call(0);
    }

    @Actor
    public void cpu1() {
      call(1);
    }

    @Arbiter
    public void afterwards(L_Result result) {
      result.r1 = verdict();
    }
  }

  /** The instance follows the next call while its handler still runs. */
  @JCStressTest
  @Outcome(
      id = {"1", "2"},
      expect = ACCEPTABLE,
      desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: a law is broken, or data is that of another call.")
  @State
  public static class Early extends BothCall {
    /** The planted bug's name. */
    public static final String PLANTED = "trampoline that recycles before the handler";

    private static final Supplier<TwinProbes> PARTS = TwinProbes.of(PLANTED);

    public Early() {
      super(PlantedParts.of(PARTS.get(), KernelVersion.V6_12), 1);
    }

    @Actor
    public void cpu0() {
      call(0);
    }

    @Actor
    public void cpu1() {
      call(1);
    }

    @Arbiter
    public void afterwards(L_Result result) {
      result.r1 = verdict();
    }
  }

  /** The owner is to blame here: it registers, and prepares later. */
  @JCStressTest
  @Outcome(
      id = {"none", "the last", "all"},
      expect = ACCEPTABLE,
      desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: a handler ran too early.")
  @State
  public static class RegistersBeforeItIsReady extends RegisterRace {
    public RegistersBeforeItIsReady() {
      super(ProbeParts.of(KernelVersion.V6_12));
    }

    @Actor
    public void calling() {
      callInTurn();
    }

    @Actor
    public void coming() {
      register();
      readTheList();
      prepare();
    }

    @Arbiter
    public void afterwards(L_Result result) {
      result.r1 = verdict();
    }
  }

  /** The counter of a kernel that counts without the lock, taken for exact. */
  @JCStressTest
  @Outcome(id = "2 of 2", expect = ACCEPTABLE, desc = "The bug did not show this time.")
  @Outcome(expect = FORBIDDEN, desc = "Caught: an update is lost.")
  @State
  public static class CountsOutsideTheLock extends BothMiss {
    public CountsOutsideTheLock() {
      super(ProbeParts.of(KernelVersion.V6_12));
    }

    @Actor
    public void cpu0() {
      call(0);
    }

    @Actor
    public void cpu1() {
      call(1);
    }

    @Arbiter
    public void afterwards(L_Result result) {
      result.r1 = verdict();
    }
  }
}
