/**
 * x86-64: decoder, classifier for kprobes, interpreter and registers.
 *
 * <p>What belongs here is read from the Intel manual and {@code arch/x86/kernel/kprobes}; nothing
 * here knows kernels or probes. Reached through {@code X86} alone, by {@code arch.choice}; read
 * {@code Decoder} first.
 */
@NullMarked
package dev.kretsim.arch.x86;

import org.jspecify.annotations.NullMarked;
