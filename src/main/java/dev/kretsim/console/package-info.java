/**
 * What all commands share at the console: values checked against their bounds, progress, output
 * that may fail, errors of one line, exit codes, and jars with plug-ins.
 *
 * <p>Nothing here knows a command. Used by {@code cli}; read {@code OneLineErrors} first.
 */
@NullMarked
package dev.kretsim.console;

import org.jspecify.annotations.NullMarked;
