package dev.kretsim.fleet;

/** A fleet planned on many machines; found by {@link java.util.ServiceLoader}. */
public interface ClusterJob {
  /**
   * Runs to its end.
   *
   * @param arguments as on a command line
   * @return the exit code
   */
  int run(String[] arguments);
}
