/** Results as tables and JSON. */
@NullMarked
package dev.kretsim.report;

import org.jspecify.annotations.NullMarked;
