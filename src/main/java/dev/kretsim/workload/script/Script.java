package dev.kretsim.workload.script;

import dev.kretsim.workload.scenario.Scenario;
import java.util.List;

/**
 * A script: the functions of its kernel, and what is done in order.
 *
 * @param name of the file, for messages
 */
public record Script(String name, List<Scenario.FunctionSpec> functions, List<Command> commands) {
  /** One line that does something. */
  public sealed interface Command {
    /** {@return the line's number, counted from 1} */
    int line();

    /**
     * {@code echo 'TEXT' > FILE}.
     *
     * @param file below tracefs, such as {@code events/kprobes/enable}
     * @param append {@code >>}
     */
    record Write(int line, String text, String file, boolean append) implements Command {}

    /** {@code cat FILE}. */
    record Show(int line, String file) implements Command {}

    /** {@code echo TEXT}: printed. */
    record Print(int line, String text) implements Command {}

    /**
     * {@code call FUNCTION ...}: tasks call a function.
     *
     * @param background {@code &}: the script goes on meanwhile
     */
    record Call(int line, Scenario.LoadSpec load, boolean background) implements Command {}

    /** {@code sleep TIME}. */
    record Sleep(int line, long ns) implements Command {}

    /** {@code wait}: until all tasks in the background have exited. */
    record Wait(int line) implements Command {}

    /** {@code kill COMM}: all tasks of that name die where they are. */
    record Kill(int line, String comm) implements Command {}

    /** {@code kprobe_event=LINE;LINE}: the kernel's boot parameter. */
    record Boot(int line, List<String> lines) implements Command {}
  }
}
