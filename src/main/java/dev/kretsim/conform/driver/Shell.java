package dev.kretsim.conform.driver;

import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.probe.registry.Kprobes;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shell commands of recordings, as far as they change what probes do. What they print is not
 * compared.
 */
final class Shell {
  private static final String GLOBAL_SWITCH = "/sys/kernel/debug/kprobes/enabled";
  private static final String OPTIMIZATION = "/proc/sys/debug/kprobes-optimization";
  private static final Pattern ECHO = Pattern.compile("echo (\\d+) > (\\S+)");
  private static final Pattern PARAMETER = Pattern.compile("/sys/module/kro_vic/parameters/\\w+");

  private static final Pattern FILTER =
      Pattern.compile("echo(?: (\\w+))? > (?:\\S*/)?set_ftrace_filter");
  private static final Pattern TRACER = Pattern.compile("echo (\\w+) > (?:\\S*/)?current_tracer");

  private final Kprobes kprobes;
  private final VictimModule victim;
  private final Function<String, Cpu> starter;
  private String traceable = "";
  private boolean tracing;

  /**
   * @param starter gives a CPU that runs a new task of that name
   */
  Shell(Kprobes kprobes, VictimModule victim, Function<String, Cpu> starter) {
    this.kprobes = kprobes;
    this.victim = victim;
    this.starter = starter;
  }

  /** Whether the function tracer is on and looks at that function. */
  boolean traces(String function) {
    return tracing && (traceable.isEmpty() || traceable.equals(function));
  }

  void run(String line) {
    for (String command : line.split("[;&|]+")) {
      runOne(command.strip());
    }
  }

  private void runOne(String command) {
    Matcher filter = FILTER.matcher(command);
    Matcher tracer = TRACER.matcher(command);
    if (filter.matches()) {
      traceable = filter.group(1) == null ? "" : filter.group(1);
    } else if (tracer.matches()) {
      tracing = tracer.group(1).startsWith("function");
    }
    Matcher echo = ECHO.matcher(command);
    if (echo.matches()) {
      write(Integer.parseInt(echo.group(1)), echo.group(2));
    } else if (command.startsWith("insmod ") && command.contains("kro_vic")) {
      victim.load(starter.apply("insmod"));
    } else if (command.startsWith("rmmod ") && command.contains("kro_vic")) {
      victim.unload(starter.apply("rmmod"));
    }
  }

  private void write(int value, String file) {
    if (file.equals(GLOBAL_SWITCH)) {
      if (value == 0) {
        kprobes.disarmAll();
      } else {
        kprobes.armAll();
      }
    } else if (file.equals(OPTIMIZATION)) {
      kprobes.allowOptimization(value != 0);
    } else if (PARAMETER.matcher(file).matches()) {
      victim.fire(starter.apply("sh"), value);
    }
  }
}
