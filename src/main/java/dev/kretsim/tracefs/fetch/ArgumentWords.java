package dev.kretsim.tracefs.fetch;

import dev.kretsim.probe.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Arguments as the kernel reads them: {@code $arg*} and {@code $argN} that stand alone become the
 * names of parameters, where these are known, and names of files the memory that holds them.
 *
 * <p><b>Source.</b> {@code traceprobe_expand_meta_args} and {@code traceprobe_expand_dentry_args}
 * of {@code kernel/trace/trace_probe.c}.
 */
final class ArgumentWords {
  /** All parameters. */
  static final String ALL = "$arg*";

  private static final String ARGUMENT = "$arg";
  private static final int FIRST_WORD = 2;

  /** {@code ->d_name.name} of a dentry, and {@code ->f_path.dentry} of a file, as 6.12 has them. */
  private static final String NAME_OF_DENTRY = "+0x0(+0x28(%s)):string";

  private static final String NAME_OF_FILE = "+0x0(+0x28(+0x48(%s))):string";

  private ArgumentWords() {}

  /**
   * The words with names in place of numbers.
   *
   * @throws RefusedLineException if that cannot be had at this place
   */
  static List<String> expanded(List<String> words, Grammar grammar, Probed probed) {
    if (!grammar.parameterNames()) {
      return words;
    }
    boolean any = requireMeaning(words, probed);
    List<String> named = any ? named(words, probed) : words;
    return named.stream().map(ArgumentWords::withoutDentry).toList();
  }

  private static String withoutDentry(String word) {
    if (!word.matches(".*:%p[dD]")) {
      return word;
    }
    int body = word.indexOf('=') + 1;
    String form = word.endsWith("d") ? NAME_OF_DENTRY : NAME_OF_FILE;
    return word.substring(0, body)
        + form.formatted(word.substring(body, word.length() - ":%pd".length()));
  }

  private static List<String> named(List<String> words, Probed probed) {
    Optional<List<String>> parameters =
        Prototypes.of(probed.function()).map(Prototypes.Prototype::parameters);
    if (parameters.isEmpty() || parameters.get().isEmpty()) {
      return words;
    }
    List<String> all = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals(ALL)) {
        all.addAll(parameters.get());
      } else if (word.startsWith(ARGUMENT)) {
        all.add(named(word, FIRST_WORD + i, parameters.get()));
      } else {
        all.add(word);
      }
    }
    return all;
  }

  /** Whether there is anything to put a name to. */
  private static boolean requireMeaning(List<String> words, Probed probed) {
    boolean any = false;
    boolean all = false;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (!word.startsWith(ARGUMENT)) {
        continue;
      }
      any = true;
      if (!probed.knowsArguments()) {
        throw refuse(FIRST_WORD + i, TraceError.NOFENTRY_ARGS, Errno.EINVAL);
      }
      char next = word.length() > ARGUMENT.length() ? word.charAt(ARGUMENT.length()) : ' ';
      if (Numbers.isDigit(next)) {
        continue;
      }
      if (next != '*') {
        throw refuse(FIRST_WORD + i, TraceError.BAD_VAR, Errno.EINVAL);
      }
      if (all) {
        throw refuse(FIRST_WORD + i, TraceError.DOUBLE_ARGS, Errno.EINVAL);
      }
      all = true;
    }
    return any;
  }

  /** A number, counted from 1, and perhaps a type behind it. */
  private static String named(String word, int index, List<String> parameters) {
    int colon = word.indexOf(':');
    String type = colon < 0 ? "" : word.substring(colon);
    String number = word.substring(ARGUMENT.length(), colon < 0 ? word.length() : colon);
    if (!number.matches("[0-9]+")) {
      throw refuse(index, TraceError.BAD_VAR, Errno.ENOENT);
    }
    long n = Numbers.unsigned(number, 10).orElse(0);
    if (n < 1 || n > parameters.size()) {
      throw refuse(index, TraceError.NO_BTF_ARG, Errno.ENOENT);
    }
    return parameters.get((int) n - 1) + type;
  }

  private static RefusedLineException refuse(int word, TraceError error, Errno errno) {
    return RefusedLineException.at(word, 0, error, errno);
  }
}
