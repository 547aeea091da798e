package dev.kretsim.trace;

/**
 * Receives the calls of a trace in time order, many at once and without an object for each; {@link
 * CallConsumer} tells the order.
 */
public interface MovementConsumer {
  /**
   * Takes the next movements.
   *
   * @param movements good until this returns, then used again
   */
  void take(Movements movements);
}
