package dev.kretsim.console;

import dev.kretsim.files.FileName;
import dev.kretsim.files.OutputFile;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.Decimal;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * Holds every command to it that no output takes the place of an input: an option of type {@link
 * OutputFile} may name no file that any other argument names, in whatever way.
 */
public final class Outputs {
  private static final Pattern EMPIRICAL =
      Pattern.compile("empirical\\(\\s*([^()]*?)\\s*\\)", Pattern.CASE_INSENSITIVE);

  private Outputs() {}

  /** Makes options of these types known. */
  public static CommandLine install(CommandLine commandLine) {
    return commandLine
        .registerConverter(Double.class, new Converter<>(Decimal::parse))
        .registerConverter(double.class, new Converter<>(Decimal::parse))
        .registerConverter(Integer.class, new Converter<>(Outputs::integer))
        .registerConverter(int.class, new Converter<>(Outputs::integer))
        .registerConverter(Long.class, new Converter<>(Outputs::wholeNumber))
        .registerConverter(long.class, new Converter<>(Outputs::wholeNumber))
        .registerConverter(OutputFile.class, new Converter<>(OutputFile::named))
        .registerConverter(Path.class, new Converter<>(FileName::of));
  }

  private static int integer(String text) {
    return (int) Decimal.parseWhole(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private static long wholeNumber(String text) {
    return Decimal.parseWhole(text, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** Takes what is wrong with a word for its conversion's problem. */
  private record Converter<T>(Function<String, T> conversion) implements ITypeConverter<T> {
    @Override
    public T convert(String text) {
      try {
        return conversion.apply(text);
      } catch (BadInputException problem) {
        throw new TypeConversionException(problem.getMessage());
      }
    }
  }

  /**
   * Checks the command that is about to run.
   *
   * @throws BadInputException if an output is also an input, or another output, or cannot be
   *     written
   */
  static void check(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.subcommand() != null) {
      last = last.subcommand();
    }
    List<OutputFile> outputs = new ArrayList<>();
    List<Path> inputs = new ArrayList<>();
    for (ArgSpec argument : last.matchedArgs()) {
      Object value = argument.getValue();
      if (value instanceof OutputFile) {
        outputs.add((OutputFile) value);
      } else {
        argument.originalStringValues().forEach(text -> addFiles(text, inputs));
      }
    }
    for (int i = 0; i < outputs.size(); i++) {
      OutputFile output = outputs.get(i);
      inputs.forEach(output::requireNot);
      output.requireWritable();
      for (OutputFile other : outputs.subList(0, i)) {
        if (output.isSamePlaceAs(other)) {
          throw new BadInputException(output + ": is named twice as an output");
        }
      }
    }
  }

  /**
   * Checks that no output of a command takes the place of files that its arguments do not name
   * themselves, such as those in a folder.
   *
   * @throws BadInputException if one does
   */
  public static void requireNone(CommandSpec command, List<Path> inputs) {
    for (ArgSpec argument : command.args()) {
      if (argument.getValue() instanceof OutputFile) {
        inputs.forEach(((OutputFile) argument.getValue())::requireNot);
      }
    }
  }

  /** The files that an argument may mean: itself, parts of a list, or a distribution's. */
  private static void addFiles(String text, List<Path> files) {
    add(text.equals("-") ? "/dev/stdin" : text, files);
    for (String part : text.split("[," + File.pathSeparator + "]")) {
      add(part, files);
    }
    for (Matcher matcher = EMPIRICAL.matcher(text); matcher.find(); ) {
      add(matcher.group(1), files);
    }
  }

  private static void add(String name, List<Path> files) {
    try {
      files.add(Path.of(name));
    } catch (InvalidPathException noFile) {
      // then it is none that could be lost
    }
  }
}
