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
    assertThat(reading.deltas()).hasSize(10);
    assertThat(reading.deltas().get(1))
        .isEqualTo(new ProfileDelta("vfs_read_out", 2475 - 1237, 0, Change.GREW));
    assertThat(reading.deltas().get(1).function()).isEqualTo("vfs_read");
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
}
