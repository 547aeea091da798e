package dev.kretsim.image;

import org.jspecify.annotations.Nullable;

/**
 * A name for an address.
 *
 * @param text whether it is a function
 * @param module it is in; null for the kernel itself, and for a module's own file
 */
record ImageSymbol(String name, long address, boolean text, @Nullable String module) {}
