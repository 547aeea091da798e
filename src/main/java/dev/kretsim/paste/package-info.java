/**
 * What terminals, mails, web pages, log collectors and people make of a text, taken back.
 *
 * <p>Knows lines, not traces: nothing here says what a line means. Used by {@code trace}, for
 * whatever a user hands over; read {@code PastedText} first.
 */
@NullMarked
package dev.kretsim.paste;

import org.jspecify.annotations.NullMarked;
