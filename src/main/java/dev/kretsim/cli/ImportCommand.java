package dev.kretsim.cli;

import dev.kretsim.console.Choice;
import dev.kretsim.console.ExitCode;
import dev.kretsim.files.Draft;
import dev.kretsim.files.OutputFile;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.calls.CallsWriter;
import dev.kretsim.trace.read.TraceContent;
import dev.kretsim.trace.read.TraceFormat;
import dev.kretsim.trace.read.TraceReader;
import java.io.IOException;
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
    description = ImportCommand.DESCRIPTION,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:file written", ExitCode.BAD_INPUT_HELP, ExitCode.LIMIT_REACHED_HELP})
final class ImportCommand implements Callable<Integer> {
  static final String DESCRIPTION =
      "Write a trace's calls to a compact file that plan reads much faster.";

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
  private OutputFile out;

  @Option(names = "--force", description = "Replace the file where it exists.")
  private boolean force;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "auto",
      description = "auto (default, by content), function_graph, events, trace-cmd, perf or calls.")
  private String format;

  @Override
  public Integer call() throws IOException {
    TraceFormat wanted =
        Choice.ofNullable(
            "--format",
            format.equals("auto") ? null : format,
            TraceFormat::of,
            "auto, " + TraceFormat.labels());
    OutputFile file = force ? out : out.unlessItExists();
    file.requireWritable();
    try (TraceSource source = TraceSource.of(files, System.in)) {
      TraceContent content = TraceContent.of(source, wanted);
      if (content.kind() != TraceFormat.Kind.CALLS) {
        throw new BadInputException(
            source.name()
                + ": tells no single calls ("
                + content.format().label()
                + "); plan reads it as it is");
      }
      write(file, source, wanted);
    }
    return 0;
  }

  private void write(OutputFile file, TraceSource source, @Nullable TraceFormat wanted)
      throws IOException {
    try (Draft draft = file.draft()) {
      // A trace may have to be read more than once: each pass writes the file from its beginning.
      TraceReader.Reading<CallsWriter> reading =
          new TraceReader(source, wanted).read(() -> new CallsWriter(draft.begin()));
      reading.consumer().finish(reading.findings());
      reading.consumer().close();
      draft.commit();
      reading.findings().remarks().forEach(spec.commandLine().getErr()::println);
      spec.commandLine()
          .getErr()
          .printf(
              Locale.ROOT,
              "%s: %d calls of %d functions in %d bytes%n",
              file,
              reading.consumer().calls(),
              reading.findings().functions().size(),
              draft.size());
    }
  }
}
