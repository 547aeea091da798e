package dev.kretsim.plan.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.FunctionPlan.Point;
import dev.kretsim.plan.Growth;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.Tool;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.read.TraceReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which functions of a trace are planned, and what is said about the trace itself. */
class PlannerTest {
  private static Plan plan(String text, @Nullable Integer cpus, String... functions) {
    PlanQuestion usual = PlanQuestion.usual();
    PlanQuestion question =
        new PlanQuestion(
            List.of(functions),
            usual.target(),
            usual.confidence(),
            usual.kernel(),
            usual.preemption(),
            cpus,
            0,
            Growth.NONE,
            null,
            PlanQuestion.USUAL_MAP,
            Tool.TRACEFS,
            null);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (TraceSource source = TraceSource.of("-", new ByteArrayInputStream(bytes))) {
      return new Planner(question).plan(source, new TraceReader(source, null));
    }
  }

  private static String calls(String function, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(String.format(Locale.ROOT, "%d,%d,a,%s%n", 100 * i, 100 * i + 50, function));
    }
    return text.toString();
  }

  private static String entry(String function, int micros) {
    return "  a-1 [002] ..... 0.%06d: in: (%s+0x0/0x9)%n".formatted(micros, function);
  }

  private static String exit(String function, int micros) {
    return "  a-1 [002] ..... 0.%06d: out: (g+0x0/0x9 <- %s)%n".formatted(micros, function);
  }

  @Test
  void functionsComeByTheNumberOfTheirCalls() {
    Plan plan = plan(calls("few", 2) + calls("many", 9) + calls("some", 5), null);
    assertThat(plan.functions())
        .extracting(FunctionPlan::function)
        .containsExactly("many", "some", "few");
    assertThat(plan.remarks()).isEmpty();
    assertThat(plan.method()).hasSize(3);
  }

  @Test
  void onlyWhatIsAskedForIsPlanned() {
    Plan plan = plan(calls("few", 2) + calls("many", 9), null, "few");
    assertThat(plan.functions()).extracting(FunctionPlan::function).containsExactly("few");
  }

  @Test
  void aFunctionThatIsNotThereIsRefusedWithThoseThatAre() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      text.append(calls("f" + i, 1));
    }
    assertThatThrownBy(() -> plan(text.toString(), null, "g"))
        .isInstanceOf(BadInputException.class)
        .hasMessage("-: no call of g; the trace has f0, f1, f2, f3, f4, f5, f6, f7 and 2 more");
    assertThatThrownBy(() -> plan(calls("b", 1) + calls("a", 1), null, "g"))
        .hasMessage("-: no call of g; the trace has a, b");
  }

  @Test
  void returnsWithoutEntriesAreRefusedWithTheLineThatRecordsThem() {
    String text = exit("f", 1) + exit("f", 3) + entry("h", 4) + exit("h", 5);
    assertThatThrownBy(() -> plan(text, null, "f"))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("-: only returns of f, no entries; record those too: echo");
    assertThatThrownBy(() -> plan(exit("f", 1), null))
        .hasMessageStartingWith("-: only returns of f, no entries");
    assertThat(plan(text, null).functions())
        .extracting(FunctionPlan::function)
        .containsExactly("h");
  }

  @Test
  void entriesWithoutAnyReturnAreRefusedToo() {
    assertThatThrownBy(() -> plan(entry("f", 1) + entry("f", 2) + entry("h", 3), null))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("-: only entries of f, h, no returns");
  }

  @Test
  void lostReturnsAreARemarkThatTellsOneCauseFromTheOther() {
    String other = entry("h", 4) + exit("h", 5);
    assertThat(plan(entry("f", 1) + entry("f", 2) + entry("f", 3) + other, null).remarks())
        .containsExactly(
            "-: warning: f: 2 of 3 calls have no return: no return at all was recorded: is its"
                + " return probe set?");
    assertThat(plan(entry("f", 1) + entry("f", 4) + exit("f", 5), null).remarks())
        .singleElement()
        .asString()
        .startsWith("-: warning: f: 1 of 2 calls have no return: the trace was taken with too few");
  }

  @Test
  void theDefaultIsThatOfTheCpusAskedForOrSeen() {
    String text = entry("f", 1) + exit("f", 2);
    assertThat(plan(text, 8).possibleCpus().number()).isEqualTo(8);
    assertThat(plan(text, null).possibleCpus().number()).isEqualTo(3);
    assertThat(plan(calls("f", 3), null).possibleCpus().number()).isNull();
  }

  @Test
  void aPoolBeyondTheCurveMissesNothing() {
    FunctionPlan plan = plan("0,9,a,f\n1,9,b,f\n2,9,c,f\n20,30,b,f\n", null).functions().get(0);
    assertThat(plan.missRatio(1)).isCloseTo(0.5, within(0.0));
    assertThat(plan.missRatio(3)).isZero();
    assertThat(plan.missRatio(100)).isZero();
    Point beyond = plan.point(7);
    assertThat(beyond.maxactive()).isEqualTo(7);
    assertThat(beyond.missRatio()).isZero();
    assertThat(beyond.high()).isEqualTo(plan.point(3).high());
  }

  /** As allocated by kmalloc, whose buckets on arm64 are whole lines of 128 bytes. */
  @Test
  void listsCostAKmallocBucketForEachInstanceAndRingsWholePages() {
    PoolMemory x86 = PoolMemory.of(KernelVersion.V5_10, Arch.X86_64);
    PoolMemory arm = PoolMemory.of(KernelVersion.V5_10, Arch.ARM64);
    assertThat(x86.bytes(10, 0, 4)).isEqualTo(640);
    assertThat(x86.bytes(10, 16, 4)).isEqualTo(640);
    assertThat(x86.bytes(10, 17, 4)).isEqualTo(960);
    assertThat(arm.bytes(10, 0, 4)).isEqualTo(1280);
    assertThat(arm.bytes(10, 81, 4)).isEqualTo(2560);
    PoolMemory rings = PoolMemory.of(KernelVersion.V6_12, Arch.X86_64);
    assertThat(rings.instanceBytes(0)).isEqualTo(48);
    assertThat(rings.instanceBytes(1)).isEqualTo(56);
    assertThat(rings.bytes(1, 0, 1)).isEqualTo(4096);
  }
}
