package dev.kretsim.report.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.arch.Instruction;
import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.text.TextMarks.Mark;
import dev.kretsim.probe.Flavour;
import dev.kretsim.probe.Preparation;
import dev.kretsim.probe.registry.PointTrial;
import dev.kretsim.probe.registry.PointTrials;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A byte of a function, and what a kernel says to a probe there.
 *
 * @param instruction the one that would be probed, or that begins here; null in the middle of one
 * @param movedTo where the probe lands; the offset itself unless a landing pad is stepped over
 * @param patchedAtBoot whether memory may have other bytes than a file
 */
record Point(
    PointTrial trial,
    @Nullable Instruction instruction,
    int movedTo,
    boolean patchedAtBoot,
    String bytes,
    Arch arch) {
  static Point at(int offset, PointTrials trials, Arch arch) {
    PointTrial trial = trials.at(offset);
    Preparation prepared = trial.prepared();
    int movedTo =
        prepared == null ? offset : (int) (prepared.address() - trials.symbol().address());
    Instruction instruction =
        prepared == null ? trials.instruction(offset).orElse(null) : prepared.instruction();
    String bytes =
        instruction == null
            ? ""
            : HexFormat.ofDelimiter(" ").formatHex(trials.code(movedTo, instruction.length()));
    return new Point(
        trial, instruction, movedTo, trials.has(Mark.ALTERNATIVE, offset), bytes, arch);
  }

  boolean accepted() {
    return trial.prepared() != null;
  }

  /** Bytes of the whole instructions that a jump takes the place of; 0 if there is none. */
  int detourBytes() {
    Preparation prepared = trial.prepared();
    return prepared == null ? 0 : prepared.detourBytes();
  }

  /** What a lone enabled probe is once the optimiser has run; null if there can be none. */
  @Nullable String flavour() {
    Preparation prepared = trial.prepared();
    if (prepared == null) {
      return null;
    }
    if (prepared.flavour() == Flavour.FTRACE) {
      return "ftrace";
    }
    return prepared.detourBytes() > 0 ? "jump" : "int3";
  }

  String words() {
    if ("ftrace".equals(flavour())) {
      return "ftrace site";
    }
    return instruction == null ? "" : PointWords.of(instruction, arch);
  }

  String answer() {
    if (!accepted()) {
      return trial.errno() + ": " + trial.why();
    }
    String flavour = flavour();
    String how =
        "jump".equals(flavour)
            ? "jump over +0x%x to +0x%x".formatted(movedTo, movedTo + detourBytes())
            : flavour;
    String moved = movedTo == trial.offset() ? "" : ", moved to +0x%x".formatted(movedTo);
    return "accepted: " + how + moved;
  }

  void putInto(ObjectNode json) {
    json.put("offset", trial.offset());
    json.put("rc", trial.rc());
    json.put("flavour", flavour());
    json.put("optimizable", detourBytes() > 0);
    if (instruction == null) {
      json.putNull("length");
    } else {
      json.put("length", instruction.length());
    }
    json.put("why", trial.why());
    json.put("instruction", instruction == null ? null : words());
    json.put("lands_at", accepted() ? (Integer) movedTo : null);
    json.put("jump_over", detourBytes() > 0 ? (Integer) detourBytes() : null);
    json.put("patched_at_boot", patchedAtBoot);
  }
}
