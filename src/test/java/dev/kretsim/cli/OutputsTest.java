package dev.kretsim.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.kretsim.console.StandardOutput;
import dev.kretsim.files.LimitReachedException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No output destroys an input, and none is lost without a word. */
class OutputsTest {
  private static final String TRACE = "entry_ns,exit_ns,task,function\n1,5,a,f\n2,9,b,f\n";
  private static final String SCENARIO =
      """
      functions:
        - {name: f, body: [sleep empirical(HOLDS)]}
      probes: [{kretprobe: f}]
      load: [{call: f, calls: 1}]
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan trace --html OUT",
        "plan --rate 10/s --hold empirical(OUT) --html OUT",
        "plan --arrivals batch(rate=1/s,size=empirical(OUT)) --hold 1ms --html OUT",
        "import trace --force --out OUT",
        "run scenario --perfetto OUT",
        "explain scenario --perfetto OUT",
      })
  void anInputIsNoOutputWhateverItIsCalled(String line) throws IOException {
    String input = line.contains("empirical") ? "holds" : line.split(" ", -1)[1];
    Files.writeString(folder.resolve("trace"), TRACE);
    Path holds = Files.writeString(folder.resolve("holds"), "80us\n");
    Files.writeString(folder.resolve("scenario"), SCENARIO.replace("HOLDS", holds.toString()));
    Path file = folder.resolve(input);
    String before = Files.readString(file);
    Path link = Files.createSymbolicLink(folder.resolve("soft"), file);
    Path hard = Files.createLink(folder.resolve("hard"), file);
    for (Path name : List.of(file, link, hard)) {
      // The output by one of its names, the input by its own.
      String replaced =
          line.replaceFirst("OUT$", name.toString())
              .replace("OUT", file.toString())
              .replaceFirst(" (trace|scenario) ", " " + file + " ");
      Object[] arguments = replaced.split(" ", -1);
      ConsoleRun run = ConsoleRun.of(arguments);
      assertThat(run.refused()).as("%s", run).isTrue();
      assertThat(run.err()).contains("write to another file than the input");
      assertThat(file).hasContent(before);
    }
  }

  @Test
  void aFileThatAScenarioReadsIsAnInputToo() throws IOException {
    Path holds = Files.writeString(folder.resolve("holds"), "80us\n");
    Path scenario =
        Files.writeString(folder.resolve("scenario"), SCENARIO.replace("HOLDS", holds.toString()));
    for (String command : List.of("run", "explain")) {
      ConsoleRun run = ConsoleRun.of(command, scenario, "--perfetto", holds);
      assertThat(run.refused()).as("%s", run).isTrue();
      assertThat(holds).hasContent("80us\n");
    }
  }

  @Test
  void theSameTraceUnderTwoNamesIsSaid() throws IOException {
    Path trace = Files.writeString(folder.resolve("trace"), TRACE);
    Path link = Files.createSymbolicLink(folder.resolve("link"), trace);
    ConsoleRun run = ConsoleRun.of("plan", trace, link);
    assertThat(run.refused()).isTrue();
    assertThat(run.err()).contains(link + ": is the same file as " + trace);
  }

  @Test
  void argumentsAreNoFilesOfArguments() throws IOException {
    Path arguments = Files.writeString(folder.resolve("arguments"), "--version");
    assertThat(ConsoleRun.of("plan", "@" + arguments).err()).contains("no such file");
  }

  /** Fails as standard output does, with that message. */
  private static OutputStream failing(String message) {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        throw new IOException(message);
      }
    };
  }

  @Test
  void standardOutputThatCannotBeWrittenIsAnErrorUnlessNobodyReads() {
    PrintWriter full = new PrintWriter(new StandardOutput(failing("No space left on device")));
    full.print("lost");
    assertThatThrownBy(full::flush)
        .isInstanceOf(LimitReachedException.class)
        .hasMessage("standard output cannot be written: no space left on device");
    PrintWriter unread = new PrintWriter(new StandardOutput(failing("Broken pipe")));
    unread.print("not wanted");
    unread.flush();
    assertThat(unread.checkError()).isFalse();
  }

  @Test
  void aNameThatEndsInASlashIsNoFile() {
    ConsoleRun run = ConsoleRun.of("run", "--calls", "2", "--perfetto", folder + "/new/");
    assertThat(run.refused()).as("%s", run).isTrue();
    assertThat(run.err()).contains("names a directory; expected a file to write");
    assertThat(folder).isEmptyDirectory();
  }

  /** So that nothing is lost, nothing else may write or rename files. */
  @Test
  void onlyOneRoomWritesFiles() {
    ArchCondition<JavaClass> writeFiles =
        new ArchCondition<>("write files") {
          @Override
          public void check(JavaClass type, ConditionEvents events) {
            for (JavaAccess<?> call : type.getAccessesFromSelf()) {
              String owner = call.getTargetOwner().getName();
              boolean writes =
                  (owner.equals("java.nio.file.Files")
                          && call.getName()
                              .matches(
                                  "new(Out|BufferedW).*|write.*|move|copy|create(File|Temp|Link|Symb).*"))
                      || owner.matches("java\\.io\\.(FileWriter|RandomAccessFile)")
                      || (owner.equals("java.nio.channels.FileChannel")
                          && call.getName().equals("open"))
                      || (owner.equals("java.io.FileOutputStream")
                          && !call.getTarget().getFullName().contains("FileDescriptor"));
              events.add(new SimpleConditionEvent(type, writes, call.getDescription()));
            }
          }
        };
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.kretsim.files")
        .should(writeFiles)
        .check(
            new ClassFileImporter()
                .withImportOption(location -> !location.contains("/test-classes/"))
                .importPackages("dev.kretsim"));
  }

  /** A name that is none, as under {@code LANG=C}, is refused in one line. */
  @Test
  void onlyOneRoomMakesFilesOfNames() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.kretsim.files..")
        // They expect names that are none, and catch what comes of them.
        .and()
        .doNotHaveSimpleName("Place")
        .and()
        .doNotHaveSimpleName("Outputs")
        .and()
        .doNotHaveSimpleName("Progress")
        .should()
        .callMethod(Path.class, "of", String.class, String[].class)
        .orShould()
        .callMethod(Paths.class, "get", String.class, String[].class)
        .check(
            new ClassFileImporter()
                .withImportOption(location -> !location.contains("/test-classes/"))
                .importPackages("dev.kretsim"));
  }
}
