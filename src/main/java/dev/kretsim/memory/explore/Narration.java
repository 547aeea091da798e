package dev.kretsim.memory.explore;

import dev.kretsim.memory.interleave.Access;
import dev.kretsim.memory.interleave.Interleaving;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A schedule for people to read: a numbered line for each step. */
final class Narration {
  private Narration() {}

  static String of(Function<Interleaving, Scene> stage, List<Integer> moves) {
    StringBuilder lines = new StringBuilder();
    try (Execution execution = new Execution(stage, true)) {
      for (int cpu : moves) {
        lines.append(line(execution, cpu));
        execution.step(cpu);
      }
    } catch (RuntimeException | AssertionError failure) {
      // The failure that is being told: the last line is the step that it came with.
    }
    return lines.toString();
  }

  private static String line(Execution execution, int cpu) {
    Access access = execution.next(cpu);
    String operation = execution.operation(cpu);
    if (access == null) {
      return "";
    }
    String text =
        access.touchesMemory()
            ? "%-50s %s".formatted(tell(execution.interleaving(), access), execution.where(cpu))
            : access.kind() == Access.Kind.BEGIN ? "begins" : "ends";
    return "  %3d  cpu %d  %-18s %s%n".formatted(execution.steps() + 1, cpu, operation, text);
  }

  private static String tell(Interleaving interleaving, Access access) {
    long before = interleaving.value(access);
    String name = interleaving.nameOf(access);
    String what = camel(access.kind());
    return switch (access.kind()) {
      case GET, GET_OPAQUE, GET_ACQUIRE -> "%s %s -> %d".formatted(what, name, before);
      case SET, SET_OPAQUE, SET_RELEASE -> "%s %s = %d".formatted(what, name, access.first());
      case COMPARE_AND_EXCHANGE ->
          "%s %s %d to %d %s"
              .formatted(
                  what,
                  name,
                  access.first(),
                  access.second(),
                  before == access.first() ? "done" : "fails: " + before);
      case GET_AND_ADD, GET_AND_SET, GET_AND_BITWISE_OR ->
          "%s %s %d, was %d".formatted(what, name, access.first(), before);
      case GET_AND_SET_BITS ->
          "%s %s of %d to %d, was %d"
              .formatted(what, name, access.first(), access.second(), before);
      case AWAIT_EQUAL, AWAIT_NOT_EQUAL -> "%s %s over: %d".formatted(what, name, before);
      case BEGIN, END -> what;
    };
  }

  private static String camel(Access.Kind kind) {
    String name = kind.name().toLowerCase(Locale.ROOT);
    StringBuilder camel = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      boolean upper = i > 0 && name.charAt(i - 1) == '_';
      if (name.charAt(i) != '_') {
        camel.append(upper ? Character.toUpperCase(name.charAt(i)) : name.charAt(i));
      }
    }
    return camel.toString();
  }
}
