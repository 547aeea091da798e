package dev.kretsim.trace.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.CallsOf;
import dev.kretsim.trace.Samples;
import dev.kretsim.trace.TraceMutator;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.read.TraceReader.Reading;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a function the same is found, whether it alone is wanted or all are. */
class OneFunctionTest {
  private static Reading<CallsOf> reading(byte[] text, List<String> wanted) {
    return reading(TraceSource.of("-", new ByteArrayInputStream(text)), wanted);
  }

  private static Reading<CallsOf> reading(TraceSource from, List<String> wanted) {
    try (TraceSource source = from) {
      return new TraceReader(source, null).only(wanted).read(CallsOf::new);
    }
  }

  private static String told(Reading<CallsOf> reading, int function) {
    return Arrays.stream(CallsOf.told(reading.consumer()).split(" "))
            .filter(call -> call.startsWith(function + ".", 1))
            .collect(Collectors.joining(" "))
        + " unpaired "
        + reading.findings().unpairedExits().get(function)
        + " span "
        + reading.findings().spanNs();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "events-5.10-tgid.txt",
        "events-irqinfo-tgid.txt",
        "events-latency.txt",
        "events-small-pools.txt",
        "graph-abstime.txt",
        "trace-cmd.txt",
        "trace-cmd-graph.txt",
        "perf-script-ns.txt"
      })
  void theCallsOfEachFunctionAreTheSameAloneAndAmongOthers(String name) {
    String text = Samples.text(name);
    int compared = 0;
    for (long seed = 0; seed < 40; seed++) {
      byte[] mutated = new TraceMutator(seed).mutated(text, 60, 2 + (int) (seed % 30));
      try {
        Reading<CallsOf> all = reading(mutated, List.of());
        List<String> functions = all.findings().functions();
        for (int function = 0; function < functions.size(); function++) {
          assertThat(told(reading(mutated, List.of(functions.get(function))), function))
              .as("%s seed %d, %s", name, seed, functions.get(function))
              .isEqualTo(told(all, function));
          compared++;
        }
      } catch (BadInputException damaged) {
        continue;
      }
    }
    assertThat(compared).isGreaterThan(30);
  }

  /** Neither leaves nor calls that hold others, neither of graphs nor of events. */
  @ParameterizedTest
  @ValueSource(strings = {"mixed-graph", "mixed-events"})
  void callsOfOthersAreNotHandedOn(String sample) {
    String name = "sample:" + sample;
    InputStream none = InputStream.nullInputStream();
    List<String> functions = reading(TraceSource.of(name, none), List.of()).findings().functions();
    assertThat(functions).hasSizeGreaterThan(1);
    for (int wanted = 0; wanted < functions.size(); wanted++) {
      List<String> one = List.of(functions.get(wanted));
      String calls = CallsOf.told(reading(TraceSource.of(name, none), one).consumer());
      String prefix = wanted + ".";
      assertThat(calls.split(" ")).as("%s", one).allMatch(call -> call.startsWith(prefix, 1));
    }
  }
}
