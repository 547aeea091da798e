package dev.kretsim.cli;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.calls.CallsWriter;
import dev.kretsim.trace.read.TraceContent;
import dev.kretsim.trace.read.TraceFormat;
import dev.kretsim.trace.read.TraceReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kretsim import}: a trace as a compact file of calls, to plan from again and again. */
@Command(
    name = "import",
    description = "Write a trace's calls to a compact file that plan reads much faster.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:file written", "2:bad usage or bad input"})
final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description =
          "A trace, plain or gz, xz, zst; - is standard input, sample:NAME one from the jar."
              + " Several are merged by time.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where to write the calls; usually FILE.calls.")
  private Path out;

  @Option(names = "--force", description = "Replace the file where it exists.")
  private boolean force;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "auto",
      description = "auto (default, by content), function_graph, events, trace-cmd, perf or calls.")
  private String format;

  @Override
  public Integer call() {
    TraceFormat wanted =
        Choice.ofNullable(
            "--format",
            format.equals("auto") ? null : format,
            TraceFormat::of,
            "auto, " + TraceFormat.labels());
    checkOut();
    try (TraceSource source = TraceSource.of(files, System.in)) {
      TraceContent content = TraceContent.of(source, wanted);
      if (content.kind() != TraceFormat.Kind.CALLS) {
        throw new BadInputException(
            source.name()
                + ": tells no single calls ("
                + content.format().label()
                + "); plan reads it as it is");
      }
      write(source, wanted);
    }
    return 0;
  }

  private void checkOut() {
    if (Files.isDirectory(out)) {
      throw new BadInputException(out + ": is a directory; expected a file to write");
    }
    if (Files.exists(out) && !force) {
      throw new BadInputException(out + ": exists already; name another file or add --force");
    }
    if (!Files.isDirectory(folder())) {
      throw new BadInputException(out + ": there is no directory " + folder());
    }
  }

  private Path folder() {
    Path parent = out.toAbsolutePath().getParent();
    return parent == null ? out.toAbsolutePath() : parent;
  }

  private void write(TraceSource source, @Nullable TraceFormat wanted) {
    @Nullable Path unfinished = null;
    try {
      unfinished = Files.createTempFile(folder(), ".kretsim-", ".calls");
      Drafts drafts = new Drafts(unfinished);
      TraceReader.Reading<CallsWriter> reading;
      try {
        reading = new TraceReader(source, wanted).read(drafts::next);
        reading.consumer().finish(reading.findings());
      } finally {
        drafts.close();
      }
      Files.move(unfinished, out, StandardCopyOption.REPLACE_EXISTING);
      reading.findings().remarks().forEach(spec.commandLine().getErr()::println);
      spec.commandLine()
          .getErr()
          .printf(
              Locale.ROOT,
              "%s: %d calls of %d functions in %d bytes%n",
              out,
              reading.consumer().calls(),
              reading.findings().functions().size(),
              Files.size(out));
    } catch (IOException | UncheckedIOException e) {
      throw new BadInputException(out + ": cannot be written: " + e.getMessage());
    } finally {
      delete(unfinished);
    }
  }

  private static void delete(@Nullable Path unfinished) {
    if (unfinished != null) {
      try {
        Files.deleteIfExists(unfinished);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A trace may have to be read more than once: each pass writes the file from its beginning. */
  private static final class Drafts implements AutoCloseable {
    private final Path file;
    private @Nullable CallsWriter latest;

    Drafts(Path file) {
      this.file = file;
    }

    CallsWriter next() {
      try {
        close();
        CallsWriter writer = new CallsWriter(Files.newOutputStream(file));
        latest = writer;
        return writer;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      if (latest != null) {
        latest.close();
      }
    }
  }
}
