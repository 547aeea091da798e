/** How large must maxactive be: the one-pass miss curve, its confidence, and the recommendation. */
@NullMarked
package dev.kretsim.plan;

import org.jspecify.annotations.NullMarked;
