package dev.kretsim.workload.run;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.probe.Kprobe;
import dev.kretsim.probe.KprobeException;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.OutOfMemoryKillException;
import dev.kretsim.probe.Registration;
import dev.kretsim.probe.registry.Kprobes;
import dev.kretsim.workload.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The probes of a scenario: registered, acted upon by its events, and read at the end. */
final class ProbeSet {
  private record Counted(Kprobe probe, LongAdder hits) {}

  private final Kprobes kprobes;
  private final @Nullable HandlerCalls calls;
  private final @Nullable CallListener listener;
  private final List<Counted> onEntry = new ArrayList<>();
  private final List<Kretprobe> onReturn = new ArrayList<>();

  /**
   * @param calls what entry handlers call; null if none does
   * @throws BadInputException if the kernel refuses one of the probes
   */
  ProbeSet(
      Kprobes kprobes,
      List<Scenario.ProbeSpec> specs,
      @Nullable HandlerCalls calls,
      @Nullable CallListener listener) {
    this.kprobes = kprobes;
    this.calls = calls;
    this.listener = listener;
    for (Scenario.ProbeSpec spec : specs) {
      try {
        register(spec);
      } catch (KprobeException | OutOfMemoryKillException refused) {
        if (refused.getCause() instanceof OutOfMemoryError full) {
          // A limit of this machine, not of the one that is emulated.
          throw full;
        }
        throw new BadInputException(
            "probe on %s is refused: %s".formatted(spec.symbol(), refused.getMessage()));
      }
    }
    if (listener != null) {
      listener.registered(List.copyOf(onReturn));
    }
  }

  private void register(Scenario.ProbeSpec spec) {
    if (spec instanceof Scenario.ProbeSpec.OnReturn wanted) {
      Kretprobe probe =
          Kretprobe.on(wanted.symbol())
              .maxactive(wanted.maxactive())
              .dataSize(wanted.dataSize())
              .entryHandler(entryHandlerOf(wanted.entryRule()));
      if (listener != null) {
        tell(listener, probe, entryHandlerOf(wanted.entryRule()));
      }
      kprobes.register(probe);
      onReturn.add(probe);
    } else {
      LongAdder hits = new LongAdder();
      Kprobe probe =
          Kprobe.on(spec.symbol())
              .offset(((Scenario.ProbeSpec.OnEntry) spec).offset())
              .preHandler(
                  (kprobe, regs) -> {
                    hits.increment();
                    return 0;
                  });
      kprobes.register(probe);
      onEntry.add(new Counted(probe, hits));
    }
  }

  private static void tell(
      CallListener listener, Kretprobe probe, Kretprobe.@Nullable EntryHandler decides) {
    probe.entryHandler(
        (instance, regs) -> {
          Cpu cpu = Cpu.current();
          listener.popped(cpu, instance, regs);
          int answer = decides == null ? 0 : decides.handle(instance, regs);
          listener.answered(cpu, instance, answer);
          return answer;
        });
    probe.handler((instance, regs) -> listener.handling(Cpu.current(), instance, regs));
  }

  private Kretprobe.@Nullable EntryHandler entryHandlerOf(Scenario.EntryRule rule) {
    if (rule instanceof Scenario.EntryRule.Accept) {
      return (instance, regs) -> 0;
    } else if (rule instanceof Scenario.EntryRule.Decline) {
      return (instance, regs) -> 1;
    } else if (rule instanceof Scenario.EntryRule.DeclineEvery every) {
      AtomicLong calls = new AtomicLong();
      return (instance, regs) -> calls.incrementAndGet() % every.n() == 0 ? 1 : 0;
    } else if (rule instanceof Scenario.EntryRule.DeclineComm comm) {
      return (instance, regs) -> Task.current().comm().equals(comm.comm()) ? 1 : 0;
    } else if (rule instanceof Scenario.EntryRule.Calls called && calls != null) {
      return calls.handler(called.function());
    }
    return null;
  }

  /**
   * Does what an event says; CPU 0 calls this, between hits.
   *
   * @throws BadInputException if the kernel refuses it, as for a probe that is unregistered already
   */
  void act(Scenario.EventSpec.OfProbe event) {
    try {
      onReturn.forEach(probe -> act(event, probe.kp(), () -> kprobes.unregister(probe, 0)));
      onEntry.forEach(
          counted -> act(event, counted.probe(), () -> kprobes.unregister(counted.probe(), 0)));
    } catch (KprobeException refused) {
      throw new BadInputException(
          "event on %s is refused: %s".formatted(event.symbol(), refused.getMessage()));
    }
  }

  private void act(Scenario.EventSpec.OfProbe event, Kprobe probe, Runnable unregister) {
    if (event.symbol().equals(probe.symbolName())) {
      switch (event.action()) {
        case ENABLE -> kprobes.enable(probe);
        case DISABLE -> kprobes.disable(probe);
        case UNREGISTER -> unregister.run();
      }
    }
  }

  /**
   * What each probe saw, in the order of their registration by kind: kretprobes first.
   *
   * @param racing whether CPUs were running at once, so that transient misses cannot be told apart
   */
  List<RunResult.ProbeResult> results(boolean racing) {
    List<RunResult.ProbeResult> results = new ArrayList<>();
    for (Kretprobe probe : onReturn) {
      Registration registration = probe.registration();
      PoolDesign pool = registration.poolDesign();
      results.add(
          new RunResult.ProbeResult.OnReturn(
              String.valueOf(probe.kp().symbolName()),
              pool,
              probe.maxactive(),
              probe.dataSize(),
              registration.tally(),
              racing && !pool.exact() ? OptionalLong.empty() : OptionalLong.of(0),
              probe.nmissed(),
              probe.kp().nmissed()));
    }
    for (Counted counted : onEntry) {
      results.add(
          new RunResult.ProbeResult.OnEntry(
              String.valueOf(counted.probe().symbolName()),
              counted.hits().sum(),
              counted.probe().nmissed()));
    }
    return results;
  }
}
