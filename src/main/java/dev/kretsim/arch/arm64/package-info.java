/**
 * arm64: the words of its instructions, what kprobes make of them, interpreter and registers.
 *
 * <p>What belongs here is read from the Arm manual and {@code arch/arm64/kernel/probes}; nothing
 * here knows kernels or probes. Reached through {@code Arm64} alone, by {@code arch.choice}; read
 * {@code Word} first.
 */
@NullMarked
package dev.kretsim.arch.arm64;

import org.jspecify.annotations.NullMarked;
