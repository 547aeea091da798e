package dev.kretsim.examples;

import dev.kretsim.plan.ask.CurveOfCalls;

/** A curve from your own calls. */
final class CurveOfYourOwnCalls {
  private CurveOfYourOwnCalls() {}

  static void run() throws Exception {
    // begin
    CurveOfCalls curve = new CurveOfCalls();
    int first = curve.enter();
    int second = curve.enter(); // two are inside now
    curve.leave(first);
    int third = curve.enter(); // takes the place of the first
    curve.leave(second);
    curve.leave(third);
    System.out.println("1 instance misses " + curve.missed(1) + " of " + curve.calls());
    System.out.println(curve.peak() + " instances miss none");
    // end
  }
}
