package dev.kretsim.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code --version} makes of the manifest's line. */
class ManifestVersionTest {
  @ParameterizedTest
  @CsvSource({
    "0.1.0+9d3020f53281, kretsim 0.1.0 (commit 9d3020f53281)",
    "0.1.0-SNAPSHOT+9d3020f53281, kretsim 0.1.0-SNAPSHOT (commit 9d3020f53281)",
    "0.1.0+${git.commit.id.abbrev}, kretsim 0.1.0",
    "0.1.0, kretsim 0.1.0",
    ", kretsim (not packaged)",
  })
  void theCommitIsNamedWhereItIsKnown(String version, String words) {
    assertThat(ManifestVersion.words(version)).isEqualTo(words);
  }
}
