package dev.kretsim.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.advise.Planner;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.profile.ProfileDelta;
import dev.kretsim.trace.read.HoldReader;
import dev.kretsim.trace.read.TraceContent;
import dev.kretsim.trace.read.TraceReader;
import dev.kretsim.trace.read.Workers;
import java.io.ByteArrayInputStream;

/** Whatever bytes a trace has, it is planned with or refused. */
class TraceFuzzIT {
  private static final Workers ONE = Workers.of(1);

  @FuzzTest(maxDuration = "1m")
  void aTraceIsReadOrRefused(byte[] bytes) {
    try (TraceSource source = TraceSource.of("fuzzed", () -> new ByteArrayInputStream(bytes))) {
      TraceContent content = TraceContent.of(source, null);
      switch (content.kind()) {
        case CALLS ->
            new Planner(PlanQuestion.usual()).plan(source, new TraceReader(source, null, ONE));
        case HOLDS -> HoldReader.read(source, content.format());
        default -> ProfileDelta.read(source);
      }
    } catch (BadInputException refused) {
      Refusals.check(refused);
    }
  }
}
