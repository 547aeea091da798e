package dev.kretsim.report.plan;

import static dev.kretsim.report.plan.ShownPlan.samplePlan;
import static dev.kretsim.report.plan.ShownPlan.syntheticPlan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.kernel.KernelRelease;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.Tool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A line to paste is safe to paste, and has an effect on the kernel that was named. */
class PasteLinesTest {
  private static PasteLines on(String release) {
    PlanQuestion usual = PlanQuestion.usual();
    PlanQuestion question =
        new PlanQuestion(
            usual.functions(),
            usual.target(),
            usual.confidence(),
            KernelRelease.of(release).version(),
            usual.preemption(),
            2,
            usual.dataSize(),
            usual.growth(),
            null,
            usual.mapEntries(),
            usual.tool(),
            release);
    return new PasteLines(samplePlan("nanosleep-bursts").functions().get(0), question);
  }

  private static PasteLines of(String function) {
    Plan plan = syntheticPlan(function);
    return new PasteLines(plan.functions().get(0), plan.question());
  }

  @ParameterizedTest(name = "case {index}")
  @ValueSource(
      strings = {
        "x'; touch PWNED; echo '",
        "a'b",
        "",
        "vfs_read; rm -rf /",
        "vfs_read+0x10",
        "x\"y",
        "$(id)",
        "a\nb",
        "a:b:c",
        "f\\"
      })
  void whatIsNoSymbolGetsNoLine(String function) {
    PasteLines lines = of(function);
    assertThat(lines.kprobeEvents()).isNull();
    for (Tool tool : Tool.values()) {
      assertThat(lines.line(tool)).as(tool.label()).isNull();
      assertThat(lines.note(tool)).contains("no line to paste", "no kernel symbol");
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"vfs_read", "foo.isra.0", "ext4:ext4_sync_file", "__pfx$x", "snd-pcm:f"})
  void aSymbolGetsOneAndItsModuleMayStandBeforeIt(String function) {
    assertThat(of(function).kprobeEvents()).contains(" " + function + " $retval");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"4.4", "4.11.12", "3.10.0-1160.el7.x86_64", "2.6.32"})
  void beforeTracefsTookANumberNoLineHasOne(String release) {
    PasteLines lines = on(release);
    assertThat(lines.kprobeEvents()).isNull();
    for (Tool tool : new Tool[] {Tool.TRACEFS, Tool.BCC, Tool.CILIUM, Tool.PERF, Tool.BPFTRACE}) {
      assertThat(lines.line(tool)).as(tool.label()).isNull();
      assertThat(lines.works(tool)).as(tool.label()).isFalse();
    }
    assertThat(lines.note(Tool.TRACEFS)).contains("from kernel 4.12 on", "--tool module");
    assertThat(lines.line(Tool.MODULE)).contains(".maxactive = ");
    assertThat(lines.line(Tool.SYSTEMTAP)).contains(".maxactive(");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "4.12, false",
    "5.4, false",
    "5.4.0-150-generic, false",
    "5.5, true",
    "5.8.0-63-generic, true",
    "5.10, true",
    "6.1-rt, true",
    "7.3, true"
  })
  void fexitIsOnOfferSinceItCame(String release, boolean offered) {
    PasteLines lines = on(release);
    assertThat(lines.kprobeEvents()).startsWith("r");
    for (Tool tool : new Tool[] {Tool.BPFTRACE, Tool.LIBBPF}) {
      assertThat(lines.line(tool) != null).as(tool.label()).isEqualTo(offered);
      assertThat(lines.note(tool).contains("came with 5.5")).as(tool.label()).isEqualTo(!offered);
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"foo.isra.0", "foo.cold"})
  void aNameThatBtfLacksGetsNoFexit(String function) {
    for (Tool tool : new Tool[] {Tool.BPFTRACE, Tool.LIBBPF}) {
      assertThat(of(function).line(tool)).isNull();
      assertThat(of(function).note(tool)).contains("BTF has none with a dot");
    }
  }
}
