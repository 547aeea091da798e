/**
 * Files of kernels and modules, as far as probes are concerned: text at its addresses, symbols, and
 * the tables that say what the kernel patches, traces, or keeps probes away from.
 *
 * <p>Read {@code KernelImage} first. Packed images are unpacked; every count and offset of a file
 * is held against the file's size before it is used.
 *
 * <p><b>Source.</b> The ELF specification, and the sections of Debian's kernels.
 */
@NullMarked
package dev.kretsim.image;

import org.jspecify.annotations.NullMarked;
