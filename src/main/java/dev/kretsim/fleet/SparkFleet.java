package dev.kretsim.fleet;

import java.util.ServiceLoader;

/** What {@code spark-submit --class} names. It needs Spark on the class path, as no other does. */
public final class SparkFleet {
  private SparkFleet() {}

  public static void main(String[] arguments) {
    int code =
        ServiceLoader.load(ClusterJob.class, SparkFleet.class.getClassLoader())
            .findFirst()
            .orElseThrow()
            .run(arguments);
    // A driver that exits where all went well counts as failed on YARN.
    if (code != 0) {
      System.exit(code);
    }
  }
}
