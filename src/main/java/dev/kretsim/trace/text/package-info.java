/**
 * Lines of text: read in large chunks, compared eight bytes at a time, names kept once.
 *
 * <p>Nothing here knows what a line means. Used by every room of text formats; read {@code
 * LineReader} and {@code Line} first.
 */
@NullMarked
package dev.kretsim.trace.text;

import org.jspecify.annotations.NullMarked;
