package dev.kretsim.examples;

import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.ask.Planning;
import java.nio.file.Path;

/** A plan from a file. */
final class PlanOfAFile {
  private PlanOfAFile() {}

  static void run(Path trace) throws Exception {
    // begin
    Plan plan = Planning.usual().ofTrace(trace);
    for (FunctionPlan function : plan.functions()) {
      System.out.println(function.function() + ": " + function.calls() + " calls");
      System.out.println("at most " + function.peakInside() + " inside at once");
      System.out.println("8 instances miss " + function.point(8).missed());
    }
    // end
  }
}
