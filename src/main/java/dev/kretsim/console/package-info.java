/**
 * How every command behaves on a console: what it prints and where, its errors, its exit codes, and
 * which files it may write.
 *
 * <p>{@code OneLineErrors} and {@code Outputs} are installed once for all commands. Exit codes are
 * in {@code ExitCode}.
 */
@NullMarked
package dev.kretsim.console;

import org.jspecify.annotations.NullMarked;
