package dev.kretsim.explain;

import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.probe.KprobeFlag;
import dev.kretsim.probe.Kretprobe;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The story before the story: a function without a probe, then with one.
 *
 * @param textBefore the function's first bytes before any probe was registered
 * @param after what the registration left
 */
record Registering(
    MachineView view,
    Kretprobe probe,
    int asked,
    Symbol function,
    List<Integer> textBefore,
    MachineState after) {
  List<ExplainedStep> steps() {
    MachineState before =
        new MachineState(
            textBefore, after.textAt(), List.of(), null, null, null, after.inFlight(), 0, 0);
    return List.of(
        new ExplainedStep(0, Fate.HIT, 0, 0, null, untouched(), textOf(before), before),
        new ExplainedStep(0, Fate.HIT, 0, 0, null, registered(), changes(before), after));
  }

  private String untouched() {
    return "%s lies in the kernel's text; no probe is on it".formatted(function.name());
  }

  private String registered() {
    String made =
        probe.maxactive() == 1
            ? "1 instance is made"
            : "%d instances are made".formatted(probe.maxactive());
    String armed =
        view.trapsAt(probe.kp().addr())
            ? "a breakpoint (%s) is set".formatted(view.breakpointName())
            : "ftrace calls its handler";
    return "register_kretprobe: %s, %s".formatted(made, armed);
  }

  private List<Fact> textOf(MachineState state) {
    int start = entry();
    List<Fact> facts = new ArrayList<>();
    if (start > 0) {
      facts.add(Fact.of(symbol(0), state.bytes(0, start) + "  (endbr64, stays the first)"));
    }
    String note = function.ftraceSite() == function.entryProbe() ? "  (nop, an ftrace site)" : "";
    facts.add(Fact.of(symbol(start), state.bytes(start, view.lengthAt(start, function)) + note));
    return facts;
  }

  private List<Fact> changes(MachineState before) {
    int start = entry();
    List<Fact> facts = new ArrayList<>();
    int changed = 0;
    for (int i = 0; i < textBefore.size(); i++) {
      changed = textBefore.get(i).equals(after.text().get(i)) ? changed : i + 1;
    }
    facts.add(
        Fact.change(
            symbol(start),
            new Value.Words(before.bytes(start, changed - start)),
            new Value.Words(after.bytes(start, changed - start))));
    facts.add(Fact.of("kp.addr", view.word(probe.kp().addr())));
    facts.add(
        Fact.of(
            "kp.flags",
            probe.kp().flags().isEmpty()
                ? "0"
                : probe.kp().flags().stream()
                    .map(KprobeFlag::name)
                    .collect(Collectors.joining(" | "))));
    facts.add(Fact.change("maxactive", new Value.Count(asked), new Value.Count(probe.maxactive())));
    facts.add(Fact.of("free", MachineView.free(probe)));
    return facts;
  }

  private int entry() {
    return (int) (function.entryProbe() - function.address());
  }

  private String symbol(int offset) {
    return "%s+0x%x".formatted(function.name(), offset);
  }
}
