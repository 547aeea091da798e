package dev.kretsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.arch.choice.Arch;
import dev.kretsim.explain.Fate;
import dev.kretsim.kernel.KernelVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kretsim explain} as learners and their tools see it. */
class ExplainCommandTest {
  static Stream<Arguments> kernels() {
    return Stream.of(KernelVersion.values())
        .flatMap(
            kernel -> Stream.of(Arch.values()).map(a -> Arguments.of(kernel.label(), a.label())));
  }

  private static String text(Object... arguments) {
    ConsoleRun run = ConsoleRun.of(arguments);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    return run.out();
  }

  private static JsonNode json(String... arguments) throws IOException {
    List<Object> all = new ArrayList<>(List.of("explain", "--out", "json"));
    all.addAll(List.of(arguments));
    return new ObjectMapper().readTree(text(all.toArray()));
  }

  /** The first step of which the sentence contains these words. */
  private static JsonNode step(JsonNode story, String words) {
    for (JsonNode step : story.path("steps")) {
      if (step.path("what").asText().contains(words)) {
        return step;
      }
    }
    throw new AssertionError("no step says '" + words + "' in " + story);
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = ExplainCommandTest.class.getResourceAsStream("/explain/" + name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86_64", "arm64"})
  void theBuiltInStoryReadsAsItStandsInTheFile(String arch) throws IOException {
    assertThat(text("explain", "--arch", arch)).isEqualTo(golden(arch + ".txt"));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void everyKernelHasAStoryThatFitsTheTerminalAndRepeats(String kernel, String arch) {
    String story = text("explain", "--kernel", kernel, "--arch", arch);
    assertThat(story.lines()).allMatch(line -> line.length() <= 100);
    assertThat(text("explain", "--kernel", kernel, "--arch", arch)).isEqualTo(story);
  }

  @ParameterizedTest
  @EnumSource(Fate.class)
  void everyFateHasABuiltInStory(Fate fate) throws IOException {
    JsonNode story = json("--case", fate.label());
    for (JsonNode step : story.path("steps")) {
      assertThat(step.path("call").asText()).isEqualTo(fate.label());
    }
    assertThat(text("explain", "--case", fate.label()).lines())
        .allMatch(line -> line.length() <= 100);
  }

  @Test
  void jsonHasEveryFieldOfTheContract() throws IOException {
    JsonNode story = json();
    assertThat(story.path("schema").asText()).isEqualTo("kretsim.explain/1");
    int n = 0;
    for (JsonNode step : story.path("steps")) {
      assertThat(step.path("n").asInt()).isEqualTo(++n);
      for (String field : "at_ns cpu task what detail state".split(" ", -1)) {
        assertThat(step.has(field)).as(field).isTrue();
      }
    }
    assertThat(n).isGreaterThanOrEqualTo(12);
  }

  @Test
  void theTextChangesWithTheRegistration() throws IOException {
    JsonNode story = json();
    assertThat(story.at("/steps/0/state/text/4").asInt()).isEqualTo(0x0f);
    assertThat(story.at("/steps/1/state/text/4").asInt()).isEqualTo(0xe8);
    assertThat(json("--arch", "arm64").at("/steps/1/detail/slow_read+0x0/after").asText())
        .isEqualTo("80 00 20 d4");
  }

  @ParameterizedTest
  @CsvSource({
    "6.12, x86_64, stack slot, arch_rethook_trampoline",
    "5.10, x86_64, stack slot, kretprobe_trampoline",
    "6.12, arm64, x30, __kretprobe_trampoline",
  })
  void theHijackReplacesTheCallerByTheTrampoline(
      String kernel, String arch, String place, String trampoline) throws IOException {
    JsonNode detail =
        step(json("--kernel", kernel, "--arch", arch), "is replaced by").path("detail");
    assertThat(detail.path(place).at("/before/symbol").asText()).isEqualTo("kthread+0x10");
    assertThat(detail.path(place).at("/after/symbol").asText()).isEqualTo(trampoline);
    assertThat(detail.at("/ri->ret_addr/symbol").asText()).isEqualTo("kthread+0x10");
  }

  @ParameterizedTest
  @CsvSource({
    "5.10, x86_64, kretprobe_inst_table, off",
    "5.14, x86_64, task->kretprobe_instances, on",
    "6.12, x86_64, task->rethooks, on",
    "6.12, arm64, task->kretprobe_instances, on",
  })
  void kernelsDifferInTheListAndInTheInterruptsOfHandlers(
      String kernel, String arch, String list, String interrupts) throws IOException {
    JsonNode story = json("--kernel", kernel, "--arch", arch);
    assertThat(step(story, "heads the list").path("detail").has(list)).isTrue();
    assertThat(step(story, "handler(ri, regs) is called with").at("/detail/interrupts").asText())
        .startsWith(interrupts);
  }

  @Test
  void theInstanceLeavesOneRingAndComesBackToThatOfTheCpuItIsOnThen() throws IOException {
    JsonNode story = json();
    JsonNode taken = step(story, "is popped").at("/detail/free");
    assertThat(taken.path("before").toString()).isEqualTo("[[0],[]]");
    assertThat(taken.path("after").toString()).isEqualTo("[[],[]]");
    JsonNode back = step(story, "goes back").at("/detail/free");
    assertThat(back.path("after").toString()).isEqualTo("[[],[0]]");
  }

  @Test
  void aMissCountsInNmissedAndANestedHitInTheProbesOwn() throws IOException {
    JsonNode missed = step(json("--case", "missed"), "is missed").path("detail");
    assertThat(missed.at("/nmissed/before").asInt()).isZero();
    assertThat(missed.at("/nmissed/after").asInt()).isEqualTo(1);
    JsonNode nested = step(json("--case", "nested"), "inside a handler").path("detail");
    assertThat(nested.at("/kp.nmissed/after").asInt()).isEqualTo(1);
    assertThat(nested.path("free").toString()).isEqualTo("[[0],[]]");
  }

  @Test
  void aDeclinedInstanceIsBackBeforeTheBodyRuns() throws IOException {
    JsonNode detail = step(json("--case", "declined"), "straight back").path("detail");
    assertThat(detail.at("/free/after").toString()).isEqualTo("[[0],[]]");
    assertThat(detail.at("/stack slot/symbol").asText()).isEqualTo("kthread+0x10");
  }

  @Test
  void aCallThatOutlivesItsKretprobeHasNoHandler() throws IOException {
    JsonNode story = json("--case", "unregistered");
    assertThat(step(story, "unregister_kretprobe").at("/state/text/4").asInt()).isEqualTo(0x0f);
    assertThat(story.toString()).doesNotContain("handler(ri, regs) is called with");
    assertThat(step(story, "no kretprobe is left").at("/state/registers/ip/symbol").asText())
        .isEqualTo("kthread+0x10");
  }

  @Test
  void withRethooksOnlyTheOldestHookOfAFunctionSeesItsCaller(@TempDir Path folder)
      throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("two.yaml"),
            """
            functions: [{name: f, body: [sleep 1ms]}]
            probes: [{kretprobe: f, maxactive: 1}, {kretprobe: f, maxactive: 2}]
            load: [{call: f, calls: 1}]
            """);
    for (String kernel : new String[] {"5.14", "6.12"}) {
      List<String> shown = new ArrayList<>();
      for (JsonNode step : json(file.toString(), "--kernel", kernel).path("steps")) {
        if (step.path("what").asText().startsWith("handler(ri, regs)")) {
          shown.add(step.at("/detail/ri->ret_addr/symbol").asText());
        }
      }
      assertThat(text("explain", file, "--kernel", kernel).lines())
          .allMatch(line -> line.length() <= 100);
      assertThat(shown)
          .as(kernel)
          .containsExactly(
              kernel.equals("5.14") ? "kthread+0x10" : "arch_rethook_trampoline", "kthread+0x10");
    }
  }

  @Test
  void aLargeMachineStillFitsTheTerminal() {
    for (String kernel : new String[] {"5.10", "6.12"}) {
      String story = text("explain", "--kernel", kernel, "--cpus", "64", "--maxactive", "1024");
      assertThat(story.lines()).allMatch(line -> line.length() <= 100);
      assertThat(story).contains(" more");
    }
  }

  @Test
  void aCallMayBeMissedByOneKretprobeAndFollowedByAnother(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("two.yaml"),
            """
            functions: [{name: f, body: [sleep 1ms]}]
            probes: [{kretprobe: f, maxactive: 1}, {kretprobe: f, maxactive: 2}]
            load: [{tasks: 2, call: f, calls: 1}]
            """);
    JsonNode story = json(file.toString(), "--case", "missed");
    assertThat(step(story, "of another kretprobe").at("/detail/free").toString()).isEqualTo("[[]]");
    assertThat(step(story, "is missed").at("/detail/nmissed/after").asInt()).isEqualTo(1);
    assertThat(step(story, "goes back").at("/detail/ip/symbol").asText()).isEqualTo("kthread+0x10");
    int calls = 0;
    for (JsonNode step : story.path("steps")) {
      calls += step.path("what").asText().contains("is called: the") ? 1 : 0;
    }
    assertThat(calls).isEqualTo(1);
  }

  @Test
  void theFirstCallOfAScenarioIsExplained(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("mine.yaml"),
            """
            kernel: "6.1"
            functions: [{name: f, body: [call g]}, {name: g, body: [spin 1us], returns: 9}]
            probes: [{kretprobe: g}]
            load: [{comm: me, call: f, calls: 3}]
            """);
    String story = text("explain", file);
    assertThat(story).contains("g(0) is called", "about to return 9", "no entry_handler", "f+0x10");
    assertThat(story).contains("kernel 6.1 on x86_64, 1 CPU,").doesNotContain("Another call");
  }

  @Test
  void thePageIsWholeAndAsksForNothing() {
    String page = text("explain", "--out", "html");
    assertThat(page).startsWith("<!DOCTYPE html>").contains("kretsim.explain/1");
    assertThat(page).doesNotContain("http:", "https:", "src=", "href=", "url(", "@data@");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--case lost",
        "--kernel seven",
        "--arch riscv",
        "--cpus 0",
        "--maxactive -1",
        "--pool lifo",
        "--seed one",
        "--out xml",
        "--no-such-option",
        "no-such-file.yaml",
        "--cpus 65",
        "--maxactive 1025",
        "--maxactive 16777216",
        "--perfetto /",
        "--perfetto no-such-folder/trace.json",
        "--case missed --maxactive 5"
      })
  void badUsageIsOneLineAndExitCodeTwo(String arguments) {
    ConsoleRun run = ConsoleRun.of((Object[]) ("explain " + arguments).split(" ", -1));
    assertThat(run.refused()).as(run.toString()).isTrue();
  }

  @Test
  void aScenarioWithoutSuchACallSaysWhatItHas(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("quiet.yaml"),
            """
            functions: [{name: f, body: [sleep 1ms]}]
            probes: [{kretprobe: f}]
            load: [{call: f, calls: 2}]
            """);
    ConsoleRun run = ConsoleRun.of("explain", file, "--case", "declined");
    assertThat(run.refused()).isTrue();
    assertThat(run.err()).contains("declined", "2 hit");
    Path bare =
        Files.writeString(
            folder.resolve("bare.yaml"),
            "functions: [{name: f, body: [sleep 1ms]}]\nload: [{call: f, calls: 2}]\n");
    assertThat(ConsoleRun.of("explain", bare).err()).contains("kretprobe");
  }
}
