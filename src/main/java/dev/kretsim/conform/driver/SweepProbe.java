package dev.kretsim.conform.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.probe.Kprobe;
import dev.kretsim.probe.KprobeException;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.registry.Kprobes;
import org.jspecify.annotations.Nullable;

/** A probe at one offset of a sweep, and how often its handlers ran. */
final class SweepProbe {
  private static final int CPU = 0;
  private static final int OBJECTS = 4;

  private final Kprobes kprobes;
  private final Kprobe kp;
  private final @Nullable Kretprobe kretprobe;
  private final boolean wantsPost;
  private long before;
  private long after;

  SweepProbe(Kprobes kprobes, Symbol symbol, int offset, JsonNode step) {
    this.kprobes = kprobes;
    this.wantsPost = step.path("post").asInt(1) == 1;
    if (step.path("kr").asInt() == 1) {
      kretprobe =
          Kretprobe.on(symbol.name())
              .maxactive(OBJECTS)
              .entryHandler(
                  (instance, regs) -> {
                    before++;
                    return 0;
                  })
              .handler((instance, regs) -> after++);
      kp = kretprobe.kp();
    } else {
      kretprobe = null;
      kp =
          Kprobe.on(symbol.name())
              .preHandler(
                  (probe, regs) -> {
                    before++;
                    return 0;
                  });
      if (wantsPost) {
        kp.postHandler((probe, regs) -> after++);
      }
    }
    kp.offset(offset);
  }

  int register() {
    try {
      if (kretprobe == null) {
        kprobes.register(kp);
      } else {
        kprobes.register(kretprobe);
      }
      return 0;
    } catch (KprobeException refused) {
      return -refused.errno().number();
    }
  }

  void unregister() {
    if (kretprobe == null) {
      kprobes.unregister(kp, CPU);
    } else {
      kprobes.unregister(kretprobe, CPU);
    }
  }

  /** What the driver says of a probe that was accepted. */
  void describe(ObjectNode found, boolean called) {
    byte[] word = kp.opcode();
    found.put("insn", "0x%02x%02x%02x%02x".formatted(word[3], word[2], word[1], word[0]));
    if (kretprobe == null) {
      boolean stepped = kprobes.stepsOutOfLine(kp);
      found.put("slot", stepped ? 1 : 0).put("simulated", stepped ? 0 : 1);
    }
    if (called) {
      found
          .put(kretprobe == null ? "pre_calls" : "entry_calls", before)
          .put(kretprobe == null ? "post_calls" : "ret_calls", after);
    }
    found.set("flags", DrivenProbe.flagsOf(kp));
  }
}
