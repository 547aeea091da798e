/**
 * The hit path, which exists once: entry, in-flight list, trampoline, return, and the laws of their
 * counts.
 *
 * <p>Everything here runs at each hit: it allocates nothing, and shared words are words of {@code
 * Memory}. Driven by {@code probe.registry.Kprobes} alone; read {@code HitPath} first.
 */
@NullMarked
package dev.kretsim.probe.hit;

import org.jspecify.annotations.NullMarked;
