package dev.kretsim.command.plan;

import static dev.kretsim.command.plan.PlanRuns.plan;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether anything is to be set, what is pasted then, and what is said where CPUs are unknown. */
class PlanVerdictTest {
  private static final String LIGHT = "--rate 500/s --hold exponential(mean=1ms)";
  private static final String HEAVY = "--rate 12000/s --hold lognormal(p50=80us,p99=4ms)";

  private static JsonNode answer(String options) throws IOException {
    List<Object> words = new ArrayList<>(List.of(options.split(" ", -1)));
    words.addAll(List.of("--out", "json", "--function", "vfs_read", "--calls", "20000"));
    return new ObjectMapper().readTree(plan(words.toArray()).out()).at("/functions/0");
  }

  @Test
  void theDefaultIsKeptWhereItIsEnoughAndNothingIsPastedThen() throws IOException {
    JsonNode function = answer(LIGHT + " --possible-cpus 4");
    JsonNode made = function.get("recommendation");
    assertThat(made.get("verdict").asText()).isEqualTo("keep_default");
    assertThat(made.get("maxactive").asInt()).isEqualTo(10);
    assertThat(made.get("smallest").asInt()).isLessThan(10);
    assertThat(made.get("same_memory_up_to").asInt()).isGreaterThan(10);
    assertThat(function.at("/paste/kprobe_events").asText())
        .isEqualTo("r:vfs_read_ret vfs_read $retval");
    for (String tool : new String[] {"bcc", "cilium_ebpf", "systemtap", "c"}) {
      assertThat(function.at("/paste/" + tool).asText()).doesNotContainIgnoringCase("maxactive");
    }
  }

  @Test
  void aNumberIsSetWhereTheDefaultIsTooSmall() throws IOException {
    JsonNode function = answer(HEAVY + " --possible-cpus 2");
    JsonNode made = function.get("recommendation");
    assertThat(made.get("verdict").asText()).isEqualTo("set");
    assertThat(made.get("maxactive").asInt()).isEqualTo(made.get("smallest").asInt());
    assertThat(function.at("/paste/kprobe_events").asText())
        .startsWith("r" + made.get("maxactive").asInt() + ":");
  }

  @Test
  void withoutCpusBothCasesAreNamedAndTheDefaultIsUnknown() throws IOException {
    JsonNode function = answer(HEAVY);
    JsonNode made = function.get("recommendation");
    assertThat(function.get("possible_cpus").isNull()).isTrue();
    assertThat(function.get("possible_cpus_basis").asText()).isEqualTo("assumed");
    for (String unknown : new String[] {"verdict", "default_maxactive", "default_miss_ratio"}) {
      assertThat(made.get(unknown).isNull()).as(unknown).isTrue();
    }
    assertThat(made.get("maxactive").asInt()).isEqualTo(made.get("smallest").asInt());
    JsonNode small = made.at("/by_cpus/0");
    assertThat(small.get("up_to").asInt()).isEqualTo(5);
    assertThat(small.get("default").asInt()).isEqualTo(10);
    assertThat(small.get("miss_ratio").asDouble()).isBetween(1e-3, 1e-2);
    JsonNode large = made.get("by_cpus").get(made.get("by_cpus").size() - 1);
    assertThat(large.get("default").asInt()).isGreaterThanOrEqualTo(made.get("smallest").asInt());
    assertThat(large.get("enough").asBoolean()).isTrue();
    assertThat(function.at("/paste/kprobe_events").asText())
        .startsWith("r" + made.get("smallest").asInt() + ":");
  }

  @Test
  void aDefaultThatIsEnoughOnAnyMachineIsKeptInWordsAndInJson() throws IOException {
    JsonNode made = answer(LIGHT).get("recommendation");
    assertThat(made.get("verdict").asText()).isEqualTo("keep_default");
    assertThat(made.get("default_maxactive").isNull()).isTrue();
    List<Object> words = new ArrayList<>(List.of(LIGHT.split(" ", -1)));
    words.addAll(List.of("--calls", "20000"));
    assertThat(plan(words.toArray()).out())
        .contains("Keep the default: it is 10 or more on any machine", "Nothing is to be set.")
        .doesNotContain("echo");
  }

  @Test
  void whereTheDefaultIsKeptOnAnyMachineNoFormTellsToSetANumber() throws IOException {
    JsonNode function = answer(LIGHT);
    assertThat(function.at("/paste/kprobe_events").asText())
        .isEqualTo("r:vfs_read_ret vfs_read $retval");
    for (JsonNode line : function.get("paste")) {
      assertThat(line.asText()).doesNotContainPattern("maxactive ?=|MaxActive|r\\d+:");
    }
    assertThat(function.at("/paste/tool/note").asText()).startsWith("Nothing is to be set");
    for (String form : new String[] {"table", "markdown", "github"}) {
      List<Object> words = new ArrayList<>(List.of(LIGHT.split(" ", -1)));
      words.addAll(List.of("--out", form, "--function", "vfs_read", "--calls", "20000"));
      assertThat(plan(words.toArray()).out())
          .containsIgnoringCase("keep the default")
          .doesNotContain("recommended")
          .doesNotContainPattern("r\\d+:vfs|maxactive = ");
    }
  }

  @Test
  void aTraceTellsItsCpus() throws IOException {
    JsonNode function =
        new ObjectMapper()
            .readTree(plan("sample:nanosleep-bursts", "--out", "json").out())
            .at("/functions/0");
    assertThat(function.get("possible_cpus").asInt()).isEqualTo(2);
    assertThat(function.get("possible_cpus_basis").asText()).isEqualTo("trace");
  }

  @ParameterizedTest
  @CsvSource({"5.10, 1, 1", "5.10, 8, 8", "6.1, 1, 10", "6.12, 8, 16", "7.3, 64, 128"})
  void noRecommendationIsBelowTheDefault(String kernel, int cpus, int byDefault)
      throws IOException {
    JsonNode made =
        answer(LIGHT + " --possible-cpus " + cpus + " --kernel " + kernel).get("recommendation");
    assertThat(made.get("default_maxactive").asInt()).isEqualTo(byDefault);
    assertThat(made.get("maxactive").asInt()).isGreaterThanOrEqualTo(byDefault);
    assertThat(made.get("maxactive").asInt())
        .isEqualTo(Math.max(byDefault, made.get("smallest").asInt()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bpftrace", "libbpf", "perf"})
  void whatCannotSetItSaysSoAndNamesAWayOut(String tool) throws IOException {
    JsonNode paste = answer(HEAVY + " --possible-cpus 2 --tool " + tool).get("paste");
    assertThat(paste.at("/tool/can_set").asBoolean()).isFalse();
    assertThat(paste.at("/tool/note").asText()).contains("default of 10, which would miss");
    assertThat(paste.at("/tool/line").asText()).containsAnyOf("fexit", "kprobe_events");
  }

  @ParameterizedTest
  @CsvSource({
    "bpftrace, 'maxactive = 72 is needed, which bpftrace cannot set; it takes 8.00 KiB'",
    "libbpf, 'maxactive = 72 is needed, which libbpf cannot set; it takes 8.00 KiB'",
    "bcc, 'Set maxactive = 72: it takes 8.00 KiB'",
  })
  void theFirstLineSaysWhetherItCanBeSetThere(String tool, String words) {
    assertThat(plan("sample:nanosleep-bursts", "--tool", tool).out().lines().skip(2).findFirst())
        .hasValueSatisfying(line -> assertThat(line).startsWith("  " + words));
  }

  @ParameterizedTest
  @CsvSource({
    "tracefs, r14:vfs_read_ret vfs_read $retval",
    "bcc, maxactive=14)",
    "cilium, RetprobeMaxActive: 14}",
    "systemtap, .return.maxactive(14)",
    "module, .maxactive = 14",
  })
  void whatCanSetItSaysHow(String tool, String words) throws IOException {
    JsonNode paste = answer(HEAVY + " --possible-cpus 2 --tool " + tool).get("paste");
    assertThat(paste.at("/tool/can_set").asBoolean()).isTrue();
    assertThat(paste.at("/tool/line").asText()).contains(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tracefs", "bcc", "cilium"})
  void aNumberThatTracefsRefusesIsNeverPastedClipped(String tool) throws IOException {
    JsonNode paste =
        answer(
                "--threads 5000 --think fixed(1us) --hold exponential(mean=1s) --possible-cpus 2"
                    + " --tool "
                    + tool)
            .get("paste");
    assertThat(paste.at("/tool/line").isNull()).isTrue();
    assertThat(paste.at("/tool/note").asText()).contains("4096 at most and would then miss 0.");
    assertThat(paste.get("kprobe_events").isNull()).isTrue();
    assertThat(paste.get("c").asText()).contains(".maxactive = ");
  }
}
