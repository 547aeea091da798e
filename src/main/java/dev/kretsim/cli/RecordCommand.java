package dev.kretsim.cli;

import dev.kretsim.console.Choice;
import dev.kretsim.console.ExitCode;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.report.record.RecordScript;
import dev.kretsim.report.record.Recorder;
import dev.kretsim.workload.random.Durations;
import dev.kretsim.workload.random.Rates;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kretsim record}: a script that records what {@code plan} reads. */
@Command(
    name = "record",
    description = {RecordCommand.DESCRIPTION, "It puts back what it changed. Nothing is run here."},
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:script printed", ExitCode.BAD_INPUT_HELP, ExitCode.LIMIT_REACHED_HELP})
final class RecordCommand implements Callable<Integer> {
  static final String DESCRIPTION =
      "Prints a script to run as root on the machine to probe, which records what plan reads.";

  private static final int LONGEST = 86_400;
  private static final long NS_PER_SECOND = 1_000_000_000;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FUNCTION[,FUNCTION...]",
      description = "What is to be probed, such as vfs_read.")
  private List<String> functions;

  @Option(
      names = "--with",
      paramLabel = "TOOL",
      defaultValue = "ftrace",
      description = "ftrace (default), trace-cmd, perf, bpftrace or bcc.")
  private String with;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "30",
      description = "For how long (default ${DEFAULT-VALUE}).")
  private String seconds;

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      defaultValue = "10k/s",
      description = "Calls expected, from which buffers are sized (default ${DEFAULT-VALUE}).")
  private String rate;

  @Override
  public Integer call() {
    Recorder recorder = Choice.required("--with", with, Recorder::named, Recorder.labels());
    double perSecond = Rates.parsePerSecond(rate);
    spec.commandLine()
        .getOut()
        .print(new RecordScript(recorder, names(), seconds(), perSecond).text());
    spec.commandLine().getOut().flush();
    return ExitCode.FINE;
  }

  private List<String> names() {
    return functions.stream().flatMap(words -> Stream.of(words.split(","))).toList();
  }

  private int seconds() {
    boolean plain = seconds.matches("[0-9]{1,18}");
    // Nobody records for thousandths of a second, so m is minutes here.
    String spoken = seconds.strip().endsWith("m") ? seconds.strip() + "in" : seconds;
    long ns = plain ? 0 : Durations.parseNs(spoken);
    if (ns > NS_PER_SECOND && ns % NS_PER_SECOND != 0) {
      throw new BadInputException("--seconds must be whole seconds: " + seconds);
    }
    long whole = plain ? Long.parseLong(seconds) : ns / NS_PER_SECOND;
    if (whole < 1 || whole > LONGEST) {
      throw new BadInputException("--seconds must be from 1 to " + LONGEST + ": " + seconds);
    }
    return (int) whole;
  }
}
