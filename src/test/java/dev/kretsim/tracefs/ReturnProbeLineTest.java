package dev.kretsim.tracefs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the planner tells to paste is what the kernel accepts. */
class ReturnProbeLineTest {
  @ParameterizedTest
  @CsvSource({
    "vfs_read, 54, r54:vfs_read_ret vfs_read $retval",
    "foo.isra.0, 1, r1:foo_isra_0_ret foo.isra.0 $retval",
    "vfs_read, 4096, r4096:vfs_read_ret vfs_read $retval",
    "vfs_read, 5000, r4096:vfs_read_ret vfs_read $retval"
  })
  void rendersAsTracefsTakesIt(String symbol, int maxactive, String line) {
    assertThat(ReturnProbeLine.of(symbol, maxactive).render()).isEqualTo(line);
  }

  @Test
  void namesStayUnderTheKernelsLength() {
    assertThat(ReturnProbeLine.eventName("f".repeat(200))).hasSize(63).endsWith("_ret");
    assertThat(ReturnProbeLine.eventName("0abc")).isEqualTo("_0abc_ret");
  }

  @Test
  void refusesWhatTheKernelRefuses() {
    assertThatThrownBy(() -> new ReturnProbeLine(4097, "e", "f"))
        .hasMessage("maxactive must be in [1, 4096]: maxactive=4097");
  }
}
