package dev.kretsim.stress.probe;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.kretsim.kernel.KernelVersion;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Code runs while its bytes are changed. {@code java -jar jcstress.jar -t TextPokeStress}. */
public class TextPokeStress {
  @JCStressTest
  @Outcome(
      id = {"none", "some"},
      expect = ACCEPTABLE,
      desc = "The code computed what it should, caught or not.")
  @Outcome(
      expect = FORBIDDEN,
      desc = "The code computed something else, or a handler ran too late.")
  @State
  public static class ABreakpointComesAndGoes extends PokedCode {
    public ABreakpointComesAndGoes() {
      super(ProbeParts.of(KernelVersion.V6_12));
    }

    @Actor
    public void running() {
      runInTurn();
    }

    @Actor
    public void poking() {
      register();
      unregister();
    }

    @Arbiter
    public void afterwards(L_Result result) {
      result.r1 = verdictOfComingAndGoing();
    }
  }

  @JCStressTest
  @Outcome(id = "all", expect = ACCEPTABLE, desc = "Caught each time, by a breakpoint or a jump.")
  @Outcome(expect = FORBIDDEN, desc = "Not caught, or the code computed something else.")
  @State
  public static class AJumpComesAndGoes extends PokedCode {
    public AJumpComesAndGoes() {
      super(ProbeParts.of(KernelVersion.V6_12));
      register();
    }

    @Actor
    public void running() {
      runInTurn();
    }

    @Actor
    public void poking() {
      optimize();
      forbidJumps();
    }

    @Arbiter
    public void afterwards(L_Result result) {
      result.r1 = verdict();
    }
  }

  /** It is hit itself unless a detour has copies of what is there. */
  @JCStressTest
  @Outcome(id = "all", expect = ACCEPTABLE, desc = "The probe at the entry was hit each time.")
  @Outcome(expect = FORBIDDEN, desc = "Not hit, or the code computed something else.")
  @State
  public static class AProbeComesUnderAJump extends PokedCode {
    public AProbeComesUnderAJump() {
      super(ProbeParts.of(KernelVersion.V6_12));
      register();
      optimize();
    }

    @Actor
    public void running() {
      runInTurn();
    }

    @Actor
    public void poking() {
      probeUnderTheJump();
    }

    @Arbiter
    public void afterwards(L_Result result) {
      result.r1 = verdict();
    }
  }

  @JCStressTest
  @Outcome(
      id = {"all", "the first", "none"},
      expect = ACCEPTABLE,
      desc = "The code computed what it should, caught or not.")
  @Outcome(
      expect = FORBIDDEN,
      desc = "The code computed something else, or a handler ran too late.")
  @State
  public static class AJumpGoesWithItsProbe extends PokedCode {
    public AJumpGoesWithItsProbe() {
      super(ProbeParts.of(KernelVersion.V6_12));
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
}
