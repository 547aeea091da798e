package dev.kretsim.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which files a fleet is made of. */
class FleetFilesTest {
  @TempDir private Path folder;
  private final List<String> remarks = new ArrayList<>();

  private Path touched(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }

  private List<Path> found(String argument) {
    return FleetFiles.hosts(List.of(argument), HostNaming.parse("name"), remarks::add).stream()
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

  @Test
  void linksToFoldersAreFollowedButNotRoundInCircles() throws IOException {
    Path far = touched("far/deep/b.txt");
    Path seen = touched("rack/a.txt");
    Files.createSymbolicLink(folder.resolve("rack/link"), folder.resolve("far"));
    Files.createSymbolicLink(folder.resolve("far/back"), folder.resolve("rack"));
    Files.createSymbolicLink(folder.resolve("rack/self"), folder.resolve("rack"));
    Path linked = folder.resolve("rack/link/deep/b.txt");
    assertThat(found(folder.resolve("rack").toString())).containsExactly(seen, linked);
    assertThat(found(folder + "/rack/*/deep/*.txt")).containsExactly(linked);
    assertThat(found(folder + "/{far,rack}/**.txt")).hasSize(2).contains(far);
    assertThat(remarks).isEmpty();
  }

  @Test
  void aLinkThatLeadsNowhereIsAFileThatCannotBeRead() throws IOException {
    touched("a.txt");
    Path lost = Files.createSymbolicLink(folder.resolve("b.txt"), folder.resolve("gone"));
    Path loop = Files.createSymbolicLink(folder.resolve("c.txt"), folder.resolve("c.txt"));
    assertThat(found(folder.toString())).contains(lost, loop);
    assertThat(found(folder + "/*.txt")).contains(lost, loop);
  }

  @Test
  void whatIsNoFileIsLeftOutAndSaid() throws Exception {
    Path seen = touched("a.txt");
    Path pipe = folder.resolve("b.txt");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(found(folder.toString())).containsExactly(seen);
    assertThat(remarks)
        .singleElement()
        .asString()
        .contains("1 pipe, socket or device is left out", pipe.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "gl/*/sys.txt, gl/b, true",
    "gl/*/sys.txt, gl/b/c, false",
    "gl/*/sys.txt, gl/.b, false",
    "'gl/{a,b}/sys.txt', gl/c, false",
    "'gl/{a,b}/sys.txt', gl/b, true",
    "'gl/{a,b/c}/sys.txt', gl/b, true",
    "gl/*.txt, gl/b, false",
    "gl/**.txt, gl/b/c, true",
    "gl/a*/**/x, gl/b, false",
    "gl/a*/**/x, gl/ab/c/d, true",
    "*/sys.txt, b, true",
    "/gl/*/sys.txt, /gl/b, true",
    "/gl/*/sys.txt, /gl/b/c, false",
    "./gl//*/sys.txt, ./gl/b, true"
  })
  void aFolderIsLookedIntoIfThePatternMayGoOnThere(String glob, Path folder, boolean may) {
    assertThat(Place.globbed(glob).mayHold(folder)).isEqualTo(may);
  }

  @Test
  void slashesMayStandTwice() throws IOException {
    Path seen = touched("rack/a.txt");
    assertThat(found(folder + "//rack//*.txt")).containsExactly(seen);
  }

  @ParameterizedTest
  @CsvSource({
    "name, gl/b, b",
    "parent, gl/b, b",
    "parent, gl/b/per_cpu/cpu3, b",
    "/(.)/, gl/b, b",
    "[^/]+$, gl/b, gl/b",
    "'rack(\\d+)', gl/b, gl/b"
  })
  void aFolderThatMayNotBeReadIsTheHostThatItsFilesWouldBe(
      String naming, Path folder, String host) {
    assertThat(FleetFiles.unreadableHost(folder, HostNaming.parse(naming))).isEqualTo(host);
  }
}
