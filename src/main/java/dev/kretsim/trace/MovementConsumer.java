package dev.kretsim.trace;

/**
 * Receives the calls of a trace in time order, many at once and without an object for each; {@link
 * CallConsumer} tells the order.
 */
public interface MovementConsumer {
  /** The next of them. They are good until this returns. */
  void take(Movements movements);
}
