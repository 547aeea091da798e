/** What happens to a call of a probed function, step by step, and what happened when in a run. */
@NullMarked
package dev.kretsim.explain;

import org.jspecify.annotations.NullMarked;
