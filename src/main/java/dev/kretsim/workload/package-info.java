/**
 * What runs on the machine: function bodies, load, scenario files, and the drivers that run them.
 */
@NullMarked
package dev.kretsim.workload;

import org.jspecify.annotations.NullMarked;
