/** The kernel's text interface to probes: kprobe_events lines and kprobe_profile. */
@NullMarked
package dev.kretsim.tracefs;

import org.jspecify.annotations.NullMarked;
