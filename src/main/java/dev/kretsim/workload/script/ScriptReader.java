package dev.kretsim.workload.script;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.workload.random.Durations;
import dev.kretsim.workload.scenario.Scenario;
import dev.kretsim.workload.scenario.ScenarioReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads scripts. Functions and calls are spelled as in scenario files, whose reader checks them.
 *
 * <p>The grammar, a line each: {@code function NAME: [STEP, ...]}, {@code echo TEXT > FILE}, {@code
 * echo TEXT}, {@code cat FILE}, {@code call NAME KEY=VALUE ... [&]}, {@code sleep TIME}, {@code
 * wait}, {@code kill COMM}, {@code kprobe_event=LINE;LINE}; {@code #} begins a comment.
 */
public final class ScriptReader {
  private static final String BUILT_IN = "nanosleep.sh";
  private static final int MOST_LINES = 100_000;

  private static final Pattern FUNCTION =
      Pattern.compile("function ([A-Za-z_][\\w.]*):\\s*(\\[.*])(?:\\s+returns\\s+(-?\\w+))?");
  private static final Pattern CALL = Pattern.compile("call (\\S+)((?: +\\w+=\\S+)*)( *&)?");
  private static final Pattern ECHO =
      Pattern.compile("echo (?:-n )?('[^']*'|\"[^\"]*\"|[^'\">]*?)\\s*(?:(>>?)\\s*(\\S+))?");
  private static final Pattern BOOT = Pattern.compile("kprobe_event=(.*)");

  private final String name;
  private final List<String> lines;
  private final List<Script.Command> commands = new ArrayList<>();
  private final StringBuilder functions = new StringBuilder();
  private String first = "";

  private ScriptReader(String name, List<String> lines) {
    this.name = name;
    this.lines = lines;
  }

  /**
   * {@return the script that runs when none is named}
   *
   * @throws IOException if it cannot be read
   */
  public static Script builtIn() throws IOException {
    return read(BUILT_IN, builtInText());
  }

  /**
   * {@return the text of the script that runs when none is named}
   *
   * @throws IOException if it cannot be read
   */
  public static String builtInText() throws IOException {
    try (InputStream in = ScriptReader.class.getResourceAsStream(BUILT_IN)) {
      if (in == null) {
        throw new IllegalStateException("the built-in script is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * Reads a script.
   *
   * @param name what messages call the file
   * @param text its lines
   * @return the script
   * @throws BadInputException if a line is none of a script
   * @throws IOException never, as the text is in memory
   */
  public static Script read(String name, String text) throws IOException {
    List<String> lines = text.lines().toList();
    if (lines.size() > MOST_LINES) {
      throw new BadInputException(
          name + ": a script has at most " + MOST_LINES + " lines: lines=" + lines.size());
    }
    return new ScriptReader(name, lines).read();
  }

  private Script read() throws IOException {
    for (String line : lines) {
      Matcher function = FUNCTION.matcher(line.strip());
      if (function.matches()) {
        first = first.isEmpty() ? function.group(1) : first;
        functions.append("{name: ").append(function.group(1));
        functions.append(", body: ").append(function.group(2));
        if (function.group(3) != null) {
          functions.append(", returns: ").append(function.group(3));
        }
        functions.append("},");
      }
      functions.append('\n'); // the same line numbers as in the script
    }
    List<Scenario.FunctionSpec> specs = functionSpecs();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#") && !FUNCTION.matcher(line).matches()) {
        commands.add(command(i + 1, line));
      }
    }
    return new Script(name, specs, commands);
  }

  /** The functions alone; their reader wants somebody who calls one. */
  private List<Scenario.FunctionSpec> functionSpecs() throws IOException {
    if (first.isEmpty()) {
      return List.of();
    }
    return scenario("{call: " + first + ", comm: wl, tasks: 1, calls: 1}", functions.toString())
        .functions();
  }

  private Scenario scenario(String load, String flowFunctions) throws IOException {
    String yaml = "{functions: [" + flowFunctions + "], load: [" + load + "]}\n";
    return ScenarioReader.read(
        name, new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  private Script.Command command(int number, String line) throws IOException {
    Matcher call = CALL.matcher(line);
    if (call.matches()) {
      return call(number, call);
    }
    Matcher echo = ECHO.matcher(line);
    if (echo.matches()) {
      String text = unquoted(echo.group(1));
      return echo.group(3) == null
          ? new Script.Command.Print(number, text)
          : new Script.Command.Write(number, text, file(echo.group(3)), echo.group(2).length() > 1);
    }
    Matcher boot = BOOT.matcher(line);
    if (boot.matches()) {
      return new Script.Command.Boot(number, bootLines(unquoted(boot.group(1))));
    }
    String[] words = line.split("\\s+", 2);
    String rest = words.length > 1 ? words[1] : "";
    return switch (words[0]) {
      case "cat" -> new Script.Command.Show(number, file(rest));
      case "sleep" -> new Script.Command.Sleep(number, duration(number, rest));
      case "wait" -> new Script.Command.Wait(number);
      case "kill" -> new Script.Command.Kill(number, rest);
      default ->
          throw BadInputException.at(
              name,
              number,
              "expected function, echo, cat, call, sleep, wait, kill or kprobe_event=: " + line);
    };
  }

  private Script.Command call(int number, Matcher call) throws IOException {
    StringBuilder load = new StringBuilder("\n".repeat(number - 1));
    load.append("{call: ").append(call.group(1));
    boolean named = false;
    boolean counted = false;
    boolean tasks = false;
    for (String option : call.group(2).strip().split(" +")) {
      if (!option.isEmpty()) {
        load.append(", ").append(option.replaceFirst("=", ": "));
        named |= option.startsWith("comm=");
        counted |= option.startsWith("calls=") || option.startsWith("duration=");
        tasks |= option.startsWith("tasks=");
      }
    }
    load.append(named ? "" : ", comm: wl").append(counted ? "" : ", calls: 1");
    load.append(tasks ? "" : ", tasks: 1").append('}');
    // On the line that it has in the script: functions are known to be right by now.
    Scenario scenario = scenario(load.toString(), functions.toString().replace("\n", ""));
    return new Script.Command.Call(number, scenario.load().get(0), call.group(3) != null);
  }

  private long duration(int number, String text) {
    try {
      return Durations.parseNs(text.matches("[0-9.]+") ? text + "s" : text);
    } catch (BadInputException bad) {
      throw BadInputException.at(name, number, String.valueOf(bad.getMessage()));
    }
  }

  /** In the parameter, commas stand for blanks and semicolons between lines. */
  private static List<String> bootLines(String parameter) {
    return Arrays.stream(parameter.split(";"))
        .map(line -> line.replace(',', ' ').strip())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() > 1 && "'\"".indexOf(text.charAt(0)) >= 0;
    String inner = quoted ? text.substring(1, text.length() - 1) : text;
    return quoted && text.charAt(0) == '"' ? inner.replace("\\$", "$") : inner;
  }

  /** Below tracefs, wherever that is mounted. */
  private static String file(String path) {
    return path.replaceFirst("^(/sys/kernel/(debug/)?tracing/|/sys/kernel/debug/|\\$T/)", "");
  }
}
