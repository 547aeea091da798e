package dev.kretsim.conform.driver;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.conform.recording.UnreplayableException;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.workload.drive.Body;
import dev.kretsim.workload.drive.Frame;
import dev.kretsim.workload.drive.Routine;
import dev.kretsim.workload.drive.Step;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The functions that the recordings probe, under the names that their steps use. They were part of
 * the module that drove the recorded kernels; {@code oracle/README.md} says what each does.
 */
public final class Targets {
  private static final Step HOLD = new Step.Hold();
  private static final Step EXIT = new Step.Exit();

  /** Targets of arm64 that are known as machine code alone, and the names that steps use. */
  private static final Map<String, String> CODE_ONLY =
      Map.of(
          "kro_a_sim", "asim",
          "kro_a_excl", "aexcl",
          "kro_a_udf", "udf",
          "kro_a_tail", "tail",
          "kro_a_simd", "simd",
          "kro_a_leaf", "aleaf",
          "kro_t_getuser", "getuser",
          "kro_t_trunc", "trunc",
          "kro_t_truncb", "truncb");

  private final Machine machine;
  private final Symbol threadFunction;
  private final Symbol driverFunction;
  private final Symbol justReturn;
  private final Map<String, Routine> byName = new LinkedHashMap<>();
  private final Map<Integer, Integer> indexOfTask = new HashMap<>();
  private final Set<Integer> heldTasks = new HashSet<>();

  public Targets(Machine machine) {
    this.machine = machine;
    TargetCode.define(machine);
    threadFunction = machine.define("thr_fn", false);
    driverFunction = machine.define("docmd", false);
    justReturn = machine.defineCode("just_return", machine.arch().justReturn(), 16, Set.of());
    define("quick", "kro_t_quick", true, returning(v -> 2 * v + 1));
    define("quick2", "kro_t_quick2", true, returning(v -> 3 * v + 1));
    define("nquick", "kro_n_quick", false, returning(v -> 2 * v + 1));
    define("nquick2", "kro_n_quick2", false, returning(v -> 5 * v + 1));
    define("gate", "kro_t_gate", true, gate(1000));
    defineSleeper("ngate", "kro_n_gate", gate(2000));
    define("rec", "kro_t_rec", true, frame -> descend(frame, "rec", 1));
    define("even", "kro_t_even", true, frame -> descend(frame, "odd", 0));
    define("odd", "kro_t_odd", true, frame -> descend(frame, "even", 0));
    define("outer", "kro_t_outer", true, frame -> addTo("mid", 100, frame));
    define("mid", "kro_t_mid", true, frame -> addTo("inner", 10, frame));
    define("inner", "kro_t_inner", true, frame -> holdOnce(frame, 3));
    define("noret", "kro_t_noret", true, frame -> frame.step() == 0 ? HOLD : EXIT);
    define("hold", "kro_t_hold", true, this::holdAtBottom);
    define("spin", "kro_t_spin", true, returning(v -> v + 1));
    define("reti", "kro_t_reti", true, returning(v -> -v & 0xffff_ffffL));
    define("retp", "kro_t_retp", true, returning(v -> v));
    define("retb", "kro_t_retb", true, returning(v -> v & 1));
    for (String symbol : CODE_ONLY.keySet()) {
      machine
          .symbols()
          .find(symbol)
          .ifPresent(
              place -> byName.put(CODE_ONLY.getOrDefault(symbol, symbol), Routine.ofCode(place)));
    }
    // Leaves whatever the register held: 0 on x86-64, on arm64 its own argument.
    boolean argumentRegister = machine.arch() == Arch.ARM64;
    define("void", "kro_t_void", true, returning(v -> argumentRegister ? v : 0));
  }

  private interface Value {
    long of(long argument);
  }

  private void define(String name, String symbol, boolean traceable, Body body) {
    byName.put(
        name,
        machine
            .symbols()
            .find(symbol)
            .map(Routine::ofCode)
            .orElseGet(() -> new Routine(machine.define(symbol, traceable), body)));
  }

  /**
   * Where functions have no ENDBR64, the recorded code of this one calls before its fifth byte, and
   * its probe was never optimised.
   */
  private void defineSleeper(String name, String symbol, Body body) {
    Set<Symbol.Trait> traits =
        machine.spec().branchTracking() ? Set.of() : Set.of(Symbol.Trait.CALLS_AT_ONCE);
    byName.put(name, new Routine(machine.define(symbol, traits), body));
  }

  /** A target by the name that steps use. */
  public Routine routine(String name) {
    Routine routine = byName.get(name);
    if (routine == null) {
      throw new UnreplayableException("calls a function that is not the module's: " + name);
    }
    return routine;
  }

  /** The function that held tasks run in, and call targets from. */
  Symbol threadFunction() {
    return threadFunction;
  }

  /** The function that the driver's own task calls targets from. */
  Symbol driverFunction() {
    return driverFunction;
  }

  /** A function that does nothing but return: where an overriding handler goes on. */
  Symbol justReturn() {
    return justReturn;
  }

  /** What the driver, in C, makes of the register that a function returns in. */
  static long asDeclared(String name, long register) {
    return switch (name) {
      case "reti", "trunc" -> (int) register;
      case "truncb" -> register & 0xff;
      case "void" -> 0;
      default -> register;
    };
  }

  /** Says that a task waits inside gates and at the bottom of recursions until it is released. */
  void hold(Task task, int index) {
    heldTasks.add(task.pid());
    indexOfTask.put(task.pid(), index);
  }

  public int indexOf(Task task) {
    return indexOfTask.getOrDefault(task.pid(), 0);
  }

  private static Body returning(Value value) {
    return frame -> new Step.Return(value.of(frame.argument()));
  }

  private Body gate(long base) {
    return frame -> frame.step() == 0 ? HOLD : new Step.Return(base + indexOf(Task.current()));
  }

  /** Calls {@code callee} with one less until the argument is at the bottom; returns the depth. */
  private Step descend(Frame frame, String callee, long bottom) {
    if (frame.argument() <= bottom) {
      return holdOnce(frame, frame.argument());
    }
    return frame.step() == 0
        ? new Step.Call(routine(callee), frame.argument() - 1)
        : new Step.Return(frame.result() + 1);
  }

  /** Calls itself until it is as deep as its argument, waits there, and returns through all. */
  private Step holdAtBottom(Frame frame) {
    if (frame.step() > 0) {
      return new Step.Return(frame.argument());
    }
    return frame.argument() > 1 ? new Step.Call(routine("hold"), frame.argument() - 1) : HOLD;
  }

  private Step addTo(String callee, long increment, Frame frame) {
    return frame.step() == 0
        ? new Step.Call(routine(callee), frame.argument())
        : new Step.Return(frame.result() + increment);
  }

  private Step holdOnce(Frame frame, long value) {
    boolean waits = frame.step() == 0 && heldTasks.contains(Task.current().pid());
    return waits ? HOLD : new Step.Return(value);
  }
}
