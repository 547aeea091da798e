package dev.kretsim.trace.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.trace.Samples;
import dev.kretsim.trace.profile.ProfileDelta.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counters did between two snapshots, also where they went over their end or began anew. */
class ProfileDeltaTest {
  @TempDir private Path folder;

  private ProfileDelta.Reading read(String... snapshots) throws IOException {
    Path[] files = new Path[snapshots.length];
    for (int i = 0; i < snapshots.length; i++) {
      files[i] = Files.writeString(folder.resolve("p" + i + ".txt"), snapshots[i]);
    }
    return ProfileDelta.read(Samples.source(files));
  }

  @ParameterizedTest
  @CsvSource({
    "100, 5, 150, 9, 50, 4, GREW",
    "0, 0, 0, 0, 0, 0, GREW",
    // An int of the kernel, printed as an unsigned long once it is negative.
    "100, 2147483640, 150, 18446744071562067970, 50, 10, WRAPPED",
    "100, 18446744071562067970, 150, 18446744071562067980, 50, 10, GREW",
    "100, 18446744073709551610, 150, 4, 50, 10, WRAPPED",
    // An unsigned long of 32 bits.
    "4294967290, 5, 4, 9, 10, 4, WRAPPED",
    // Defined anew: even where one of the columns has caught up again.
    "1000, 50, 20, 3, 20, 3, RESET",
    "1000, 50, 2000, 3, 2000, 3, RESET",
    "1000000000000, 0, 7, 0, 7, 0, RESET",
  })
  void countersGoOn(
      String hits,
      String misses,
      String laterHits,
      String laterMisses,
      long grown,
      long missed,
      Change change)
      throws IOException {
    assertThat(read("  f_ret " + hits + " " + misses, "  f_ret " + laterHits + " " + laterMisses))
        .extracting(ProfileDelta.Reading::deltas)
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .containsExactly(new ProfileDelta("f_ret", grown, missed, change));
  }

  @Test
  void aResetIsSaid() throws IOException {
    assertThat(read("r 9 9\n", "r 1 1\n").remarks())
        .singleElement()
        .asString()
        .contains("r: the counters went back");
  }

  @Test
  void theRecordedSnapshotsGiveTheirDifference() {
    ProfileDelta.Reading reading =
        ProfileDelta.read(
            Samples.source(Samples.file("profile-before.txt"), Samples.file("profile-after.txt")));
    assertThat(reading.remarks()).isEmpty();
    assertThat(reading.deltas()).hasSize(5);
    assertThat(reading.deltas().get(0))
        .isEqualTo(
            new ProfileDelta("vfs_read_out", 2475 - 1237, 0, "vfs_read_in", 1238, Change.GREW));
    assertThat(reading.deltas().get(0).function()).isEqualTo("vfs_read");
  }

  @Test
  void bothSnapshotsMayBeInOneFile() throws IOException {
    assertThat(read("f 1 0\ng 2 0\nf 5 1\ng 9 3\n").deltas())
        .containsExactly(
            new ProfileDelta("f", 4, 1, Change.GREW), new ProfileDelta("g", 7, 3, Change.GREW));
  }

  @Test
  void aSingleOneCountsSinceTheEventWasDefined() throws IOException {
    ProfileDelta.Reading reading = read("f 5 18446744071562067968\n");
    assertThat(reading.deltas())
        .containsExactly(new ProfileDelta("f", 5, 1L << 31, Change.SINCE_DEFINED));
    assertThat(reading.remarks()).singleElement().asString().contains("one snapshot only");
  }

  @Test
  void damagedLinesAreSaidAndNothingUsableIsRefused() throws IOException {
    assertThat(read("f 1 0\nf x y\n", "f 2 0\n").remarks())
        .singleElement()
        .asString()
        .contains("p0.txt:2: warning");
    assertThatThrownBy(() -> read("hello\n")).hasMessageContaining("no usable line");
    assertThatThrownBy(() -> read("f 1 0\nf 2 0\nf 3 0\n")).hasMessageContaining("expected two");
  }

  @ParameterizedTest
  @CsvSource({
    "p_fn_a_0, r_fn_a_0",
    "fn_a_in, fn_a_out",
    "fn_a_entry, fn_a_exit",
    "fn_a, fn_a__return",
  })
  void whatEnteredAndDidNotReturnWasMissed(String entry, String exit) throws IOException {
    ProfileDelta.Reading reading =
        read(
            "  " + entry + " 1000 0\n  " + exit + " 1000 0\n",
            "  " + entry + " 21000 0\n  " + exit + " 20800 0\n");
    assertThat(reading.deltas())
        .containsExactly(new ProfileDelta(exit, 19_800, 200, entry, 20_000, Change.GREW));
    assertThat(reading.deltas().get(0).function()).isEqualTo("fn_a");
    assertThat(reading.remarks())
        .singleElement()
        .asString()
        .contains("20000 calls entered", "19800 returned", "about 200 were missed");
  }

  @Test
  void aProbeThatIsNoReturnProbeIsNotPlanned() throws IOException {
    assertThat(read("p_fn_b_0 1 0\np_0xffffffff81200000 1 0\nr_fn_a_0 5 0\n").deltas())
        .containsExactly(new ProfileDelta("r_fn_a_0", 5, 0, Change.SINCE_DEFINED));
    assertThatThrownBy(() -> read("p_fn_a_0 7 0\n"))
        .hasMessageContaining("only probes that are no return probes (p_fn_a_0)");
  }
}
