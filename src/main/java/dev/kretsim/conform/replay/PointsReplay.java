package dev.kretsim.conform.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kretsim.arch.Instruction;
import dev.kretsim.conform.recording.ConformResult;
import dev.kretsim.conform.recording.Recording;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.kernel.text.TextMarks;
import dev.kretsim.kernel.text.TextMarks.Mark;
import dev.kretsim.probe.Flavour;
import dev.kretsim.probe.KprobeFlag;
import dev.kretsim.probe.Preparation;
import dev.kretsim.probe.registry.PointTrial;
import dev.kretsim.probe.registry.PointTrials;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Registers a probe at each recorded byte of a function. The function's bytes, its ftrace site and
 * the facts about it are given; answers and preparations are worked out and compared.
 */
final class PointsReplay {
  private static final Map<String, Mark> FACTS =
      Map.of(
          "blacklist", Mark.BLACKLIST,
          "jump_label", Mark.JUMP_LABEL,
          "static_call", Mark.STATIC_CALL,
          "bug", Mark.BUG,
          "not_core_text", Mark.NO_TEXT,
          "extable", Mark.EXCEPTION_TABLE);

  /** Far from where recorded functions lay, as their bytes tell nothing of what is around them. */
  private static final long ADDRESS = 0xffff_ffff_c000_1000L;

  private final Recording.Run run;
  private final JsonNode function;
  private final String name;
  private final PointTrials trials;
  private final List<ConformResult.Failure> failures = new ArrayList<>();

  private PointsReplay(Recording.Run run, MachineSpec spec) {
    this.run = run;
    this.function = run.record();
    this.name = function.path("symbol").asText();
    this.trials = trials(spec);
  }

  static List<ConformResult.Failure> failures(Recording.Run run, MachineSpec machine) {
    PointsReplay replay = new PointsReplay(run, machine);
    replay.disabled();
    replay.enabled();
    return replay.failures;
  }

  private PointTrials trials(MachineSpec spec) {
    boolean traceable = function.path("ftrace_offset").isInt();
    byte[] code;
    try {
      code = HexFormat.of().parseHex(function.path("bytes").asText());
    } catch (IllegalArgumentException notHex) {
      throw new BadInputException(name + ": bytes must be hex digits: " + notHex.getMessage());
    }
    return PointTrials.on(
        spec,
        name,
        ADDRESS,
        code,
        Math.max(function.path("size").asInt(), code.length),
        traceable ? Set.of(Symbol.Trait.TRACEABLE) : Set.of(),
        marks());
  }

  private TextMarks marks() {
    TextMarks marks = new TextMarks();
    FACTS.forEach(
        (fact, mark) -> {
          for (int[] stretch : RecordedPoints.stretches(function.path("facts").path(fact))) {
            marks.add(mark, ADDRESS + stretch[0], ADDRESS + stretch[1] + 1);
          }
        });
    return marks;
  }

  private void disabled() {
    Map<Integer, String> accepted = RecordedPoints.byOffset(function.path("ok").asText());
    Map<Integer, String> detours = RecordedPoints.byOffset(function.path("opt").asText());
    List<Integer> codes = RecordedPoints.codes(function.path("rc").asText());
    for (int offset = 0; offset < codes.size(); offset++) {
      PointTrial trial = trials.at(offset);
      if (trial.rc() != codes.get(offset)) {
        fail(offset, "rc", IntNode.valueOf(codes.get(offset)), IntNode.valueOf(trial.rc()));
      } else if (trial.prepared() != null) {
        compare(
            trial,
            trial.prepared(),
            accepted.getOrDefault(offset, ""),
            detours.getOrDefault(offset, ""));
      }
    }
  }

  private void compare(PointTrial trial, Preparation prepared, String accepted, String detour) {
    String length = accepted.replaceFirst("[A-Za-z]*$", "");
    String letters = accepted.substring(length.length());
    boolean ftrace = prepared.flavour() == Flavour.FTRACE;
    String ownLength = ftrace ? "-" : String.valueOf(prepared.instruction().length());
    if (!length.equals(ownLength)) {
      fail(trial.offset(), "length", new TextNode(length), new TextNode(ownLength));
    }
    String ownLetters = letters(trial, prepared);
    if (!letters.equals(ownLetters)) {
      fail(trial.offset(), "flags", new TextNode(letters), new TextNode(ownLetters));
    }
    String ownDetour = prepared.detourBytes() == 0 ? "" : String.valueOf(prepared.detourBytes());
    if (!detour.equals(ownDetour)) {
      fail(trial.offset(), "optimizable", number(detour), number(ownDetour));
    }
  }

  private static JsonNode number(String digits) {
    return digits.isEmpty() ? NullNode.getInstance() : IntNode.valueOf(Integer.parseInt(digits));
  }

  private String letters(PointTrial trial, Preparation prepared) {
    StringBuilder letters = new StringBuilder();
    letters.append(trial.flags().contains(KprobeFlag.FTRACE) ? "F" : "");
    letters.append(trial.flags().contains(KprobeFlag.ON_FUNC_ENTRY) ? "E" : "");
    letters.append(prepared.address() == ADDRESS + trial.offset() ? "" : "s");
    boolean emulated = prepared.instruction().treatment() == Instruction.Treatment.EMULATED;
    boolean ftrace = prepared.flavour() == Flavour.FTRACE;
    return letters.append(emulated && !ftrace ? letter(prepared.instruction()) : "").toString();
  }

  private static String letter(Instruction instruction) {
    return switch (instruction.effect()) {
      case NONE -> "";
      case CALL -> "c";
      case INDIRECT_CALL -> "C";
      case JUMP -> "j";
      case INDIRECT_JUMP -> "J";
      case CONDITIONAL_JUMP -> "b";
      case RETURN -> "r";
      case LOOP -> "l";
      case INTERRUPT_FLAG -> "i";
    };
  }

  private void enabled() {
    JsonNode enabled = function.path("enabled");
    for (JsonNode tried : enabled.path("tried")) {
      int offset = tried.asInt();
      String expected = enabledAnswer(enabled, offset);
      String actual =
          trials
              .settled(offset)
              .map(PointsReplay::word)
              .orElseGet(() -> String.valueOf(trials.at(offset).rc()));
      if (!expected.equals(actual)) {
        fail(offset, "enabled", new TextNode(expected), new TextNode(actual));
      }
    }
  }

  private static String word(Flavour flavour) {
    return switch (flavour) {
      case FTRACE -> "ftrace";
      case OPTIMIZED -> "optimized";
      case BREAKPOINT -> "int3";
    };
  }

  private static String enabledAnswer(JsonNode enabled, int offset) {
    for (String kind : List.of("optimized", "int3", "ftrace")) {
      for (JsonNode listed : enabled.path(kind)) {
        if (listed.asInt() == offset) {
          return kind;
        }
      }
    }
    return enabled.path("failed").path(String.valueOf(offset)).asText("none");
  }

  private void fail(int offset, String field, JsonNode expected, JsonNode actual) {
    failures.add(new ConformResult.Failure(name, run.env(), offset, field, expected, actual));
  }
}
