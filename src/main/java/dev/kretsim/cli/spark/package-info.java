/**
 * The command that {@code spark-submit} runs.
 *
 * <p>It speaks as the other commands do, and is none of theirs: it needs Spark to be there. Read
 * {@code SparkFleetCommand} first.
 */
@NullMarked
package dev.kretsim.cli.spark;

import org.jspecify.annotations.NullMarked;
