/**
 * The fleet's plan where the traces lie in an object store or in HDFS, on Apache Spark.
 *
 * <p>Listing, retry, speculation and committed output are Spark's; planning and joining are those
 * of one machine. Spark is there only where {@code spark-submit} runs: nothing else may need this
 * package. Read {@code SparkJob} first.
 */
@NullMarked
package dev.kretsim.fleet.spark;

import org.jspecify.annotations.NullMarked;
