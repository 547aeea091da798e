package dev.kretsim.trace;

/**
 * Receives the calls of a trace in time order.
 *
 * <p>Among calls at the same time: a return comes before an entry, except a call's own. In detail,
 * at one stamp of the trace's clock first the earlier calls return, then the calls are entered in
 * the order of the trace, and one that also returns at that stamp does so before the next is
 * entered. Only where the trace shows that a call lies inside another of the same function, task
 * and stamp does the outer one wait for the inner.
 */
public interface CallConsumer {
  /**
   * A call is entered.
   *
   * @param call which; the same object at its entry and at its return
   */
  void enter(Call call);

  /**
   * A call that was entered earlier is over.
   *
   * @param call which; the same object at its entry and at its return
   */
  void leave(Call call);
}
