package dev.kretsim.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.kernel.BadInputException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An output appears whole or not at all, and takes nothing's place that was still wanted. */
class OutputFileTest {
  @TempDir private Path folder;

  private OutputFile file(String name) {
    return OutputFile.named(folder.resolve(name).toString());
  }

  private Path existing(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @AfterEach
  void nothingIsLeftBehind() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".kretsim-"));
    }
  }

  @Test
  void whatIsWrittenStandsUnderItsNameOnceItIsWhole() throws IOException {
    try (Draft draft = file("a").draft()) {
      try (OutputStream out = draft.begin()) {
        out.write("whole".getBytes(StandardCharsets.UTF_8));
      }
      assertThat(folder.resolve("a")).doesNotExist();
      draft.commit();
    }
    assertThat(folder.resolve("a")).hasContent("whole");
  }

  @Test
  void aDraftThatIsGivenUpLeavesTheOldFile() throws IOException {
    Path old = existing("a", "old");
    try (Draft draft = file("a").draft()) {
      draft.begin().write(1);
    }
    assertThat(old).hasContent("old");
  }

  @Test
  void aSecondBeginningDropsTheFirst() throws IOException {
    try (Draft draft = file("a").draft()) {
      for (String text : List.of("a long first try", "second")) {
        try (OutputStream out = draft.begin()) {
          out.write(text.getBytes(StandardCharsets.UTF_8));
        }
      }
      assertThat(draft.size()).isEqualTo(6);
      draft.commit();
    }
    assertThat(folder.resolve("a")).hasContent("second");
  }

  @Test
  void behindALinkTheFileIsReplacedAndTheLinkStays() throws IOException {
    Files.createDirectory(folder.resolve("deep"));
    Path target = existing("deep/target", "old");
    Path second = Files.createSymbolicLink(folder.resolve("deep/second"), Path.of("target"));
    Path first = Files.createSymbolicLink(folder.resolve("first"), Path.of("deep/second"));
    file("first").write("new");
    assertThat(first).isSymbolicLink();
    assertThat(second).isSymbolicLink();
    assertThat(target).hasContent("new");
  }

  @Test
  void aLinkToNothingGetsItsTarget() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("target"));
    file("link").write("new");
    assertThat(link).isSymbolicLink().hasContent("new");
  }

  @Test
  void linksInACircleAreRefused() throws IOException {
    Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
    assertThatThrownBy(() -> file("a").write("x"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("too many symbolic links");
  }

  @Test
  void anExistingFileKeepsItsPermissionsAndANewOneGetsThoseOfAnyNewFile() throws IOException {
    Path old = existing("old", "x");
    for (String mode : List.of("rw-r-----", "rwxrwxrwx", "rw-------")) {
      Files.setPosixFilePermissions(old, PosixFilePermissions.fromString(mode));
      file("old").write("y");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(old))).isEqualTo(mode);
    }
    file("new").write("x");
    assertThat(Files.getPosixFilePermissions(folder.resolve("new")))
        .isEqualTo(Files.getPosixFilePermissions(existing("plain", "x")));
  }

  @Test
  void aFolderIsRefusedAndSoIsAFileInNone() {
    assertThatThrownBy(() -> file("").requireWritable()).hasMessageContaining("is a directory");
    assertThatThrownBy(() -> file("none/a").requireWritable())
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("there is no directory");
    assertThatThrownBy(() -> file("a".repeat(300)).write("x"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("file name too long");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"})
  void theStandardInputIsNoPlaceToWriteTo(String name) {
    assertThatThrownBy(() -> OutputFile.named(name).requireWritable())
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(name + ": is the standard input");
  }

  @Test
  void aDeviceIsWrittenThroughTo() throws IOException {
    OutputFile.named("/dev/null").write("gone");
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/dev/full"));
    assertThatThrownBy(() -> OutputFile.named(link.toString()).write("lost"))
        .isInstanceOf(LimitReachedException.class)
        .hasMessageContaining("cannot be written: no space left on device");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void aPipeThatIsReadIsNotWrittenToo() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> OutputFile.named(pipe.toString()).requireNot(pipe))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("is read as");
  }

  @Test
  void aReaderThatHasSeenEnoughIsNoError() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Process reader = new ProcessBuilder("head", "-c", "1", pipe.toString()).start();
    file("pipe").write("x".repeat(1 << 20));
    assertThat(reader.waitFor()).isZero();
  }

  @Test
  void whatIsOpenedAlreadyIsNotInTheWay() throws IOException {
    Path target = folder.resolve("redirected");
    try (FileOutputStream opened = new FileOutputStream(target.toFile());
        Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      Path descriptor =
          all.filter(each -> file(each.toString()).isSameAs(target)).findFirst().orElseThrow();
      file(descriptor.toString()).unlessItExists().write("once");
      assertThat(opened.getFD().valid()).isTrue();
    }
    assertThat(target).hasContent("once");
  }

  @Test
  void aSocketIsWrittenThroughTo() throws IOException {
    Path path = folder.resolve("s");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
      file("s").write("through");
      ByteBuffer got = ByteBuffer.allocate(100);
      try (SocketChannel client = server.accept()) {
        while (client.read(got) >= 0) {}
      }
      assertThat(new String(got.array(), 0, got.position(), StandardCharsets.UTF_8))
          .isEqualTo("through");
    }
  }

  @Test
  void anInputIsKnownByAnyOfItsNames() throws IOException {
    Path input = existing("in", "x");
    Files.createLink(folder.resolve("hard"), input);
    Files.createSymbolicLink(folder.resolve("soft"), input);
    for (String name :
        List.of("in", "./in", "hard", "soft", "../" + folder.getFileName() + "/in")) {
      assertThatThrownBy(() -> file(name).requireNot(input))
          .as(name)
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("write to another file");
    }
    existing("other", "x");
    file("other").requireNot(input);
    file("new").requireNot(input);
  }

  @Test
  void whatMustNotExistIsNotReplacedEvenIfItAppearsInTheMeantime() throws IOException {
    OutputFile careful = file("a").unlessItExists();
    try (Draft draft = careful.draft()) {
      draft.begin().flush();
      existing("a", "somebody else's");
      assertThatThrownBy(draft::commit).hasMessageContaining("exists already");
    }
    assertThatThrownBy(careful::requireWritable).hasMessageContaining("--force");
    assertThat(folder.resolve("a")).hasContent("somebody else's");
    file("b").unlessItExists().write("ours");
    assertThat(folder.resolve("b")).hasContent("ours");
  }

  @Test
  void onlyWhatDeadProcessesLeftIsRemoved() throws IOException {
    ProcessHandle self = ProcessHandle.current();
    Path living = existing(Temporaries.name(self, 1_000_000), "x");
    Path dead = existing(".kretsim-" + self.pid() + "-1000-0.part", "x");
    Path neverWas = existing(".kretsim-999999999-1000-0.part", "x");
    Path notOurs = existing(".kretsim-notes.part", "x");
    file("a").write("x");
    assertThat(dead).doesNotExist();
    assertThat(neverWas).doesNotExist();
    assertThat(living).exists();
    assertThat(notOurs).exists();

    // A folder with very many files, such as a cache, must not be looked through for each of them.
    Files.writeString(neverWas, "x");
    file("b").write("x");
    assertThat(neverWas).exists();
    Files.delete(neverWas);
    Files.delete(living);
    Files.delete(notOurs);
  }
}
