/**
 * Searches through the interleavings of a few operations: all of them, some of them at random, or
 * one again, with happens-before tracked access by access.
 *
 * <p>A new way to search is a {@code Search}; it comes with a bug that it finds. Used by tests of
 * pools, locks and probes, here and elsewhere; read {@code Explorer} first.
 */
@NullMarked
package dev.kretsim.memory.explore;

import org.jspecify.annotations.NullMarked;
