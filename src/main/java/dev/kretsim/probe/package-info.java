/**
 * Kprobes and kretprobes: registration, the hit path, the trampoline and the laws that every run
 * must keep.
 */
@NullMarked
package dev.kretsim.probe;

import org.jspecify.annotations.NullMarked;
