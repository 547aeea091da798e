/**
 * The driver module that the recordings were made with, emulated: its operations, targets and
 * handlers.
 *
 * <p>A new operation of a recording is carried out here. Used by {@code conform.replay}; read
 * {@code ModuleDriver} first.
 */
@NullMarked
package dev.kretsim.conform.driver;

import org.jspecify.annotations.NullMarked;
