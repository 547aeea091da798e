/**
 * Places in the text that are probed: which may be, what is copied from there, how they are armed
 * and optimised.
 *
 * <p>Source: {@code kernel/kprobes.c} and {@code arch/x86/kernel/kprobes}. Used by {@code
 * probe.hit} to find what was hit; read {@code Sites} first.
 */
@NullMarked
package dev.kretsim.probe.site;

import org.jspecify.annotations.NullMarked;
