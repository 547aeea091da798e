package dev.kretsim.memory.interleave;

import dev.kretsim.memory.Memory;
import java.lang.StackWalker.StackFrame;

/** A line of code, as people name it. */
final class CodeLine {
  private static final StackWalker STACK =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private CodeLine() {}

  /** The line that asks a memory for an access. */
  static String ofCaller() {
    return STACK.walk(
        frames ->
            frames
                .dropWhile(frame -> !isMemory(frame))
                .dropWhile(CodeLine::isMemory)
                .findFirst()
                .map(CodeLine::describe)
                .orElse(""));
  }

  /** Who asks an interleaving for a memory. */
  static String classOfCaller() {
    return STACK.walk(
        frames ->
            frames
                .map(StackFrame::getDeclaringClass)
                .filter(type -> type != CodeLine.class && type != Interleaving.class)
                .findFirst()
                .map(Class::getSimpleName)
                .orElse(""));
  }

  private static boolean isMemory(StackFrame frame) {
    return Memory.class.isAssignableFrom(frame.getDeclaringClass());
  }

  private static String describe(StackFrame frame) {
    return "%s.%s:%d"
        .formatted(
            frame.getDeclaringClass().getSimpleName(),
            frame.getMethodName(),
            frame.getLineNumber());
  }
}
