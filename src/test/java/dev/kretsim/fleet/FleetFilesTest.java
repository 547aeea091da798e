package dev.kretsim.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files a fleet is made of. */
class FleetFilesTest {
  @TempDir private Path folder;

  private Path touched(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }

  private List<Path> found(String argument) {
    return FleetFiles.hosts(List.of(argument), HostNaming.parse("name")).stream()
        .flatMap(host -> host.files().stream())
        .toList();
  }

  @Test
  void whatIsHiddenIsLeftOutAndSoIsAllInHiddenFolders() throws IOException {
    Path seen = touched("rack/a.txt");
    touched(".trash/b.txt");
    touched("rack/.git/deep/c.txt");
    touched("rack/.d.txt");
    assertThat(found(folder.toString())).containsExactly(seen);
    assertThat(found(folder + "/**.txt")).containsExactly(seen);
  }

  @Test
  void aFolderThatIsNamedIsReadThoughItIsHidden() throws IOException {
    Path seen = touched(".kept/a.txt");
    assertThat(found(folder.resolve(".kept").toString())).containsExactly(seen);
    assertThat(found(folder + "/.kept/*")).containsExactly(seen);
  }
}
