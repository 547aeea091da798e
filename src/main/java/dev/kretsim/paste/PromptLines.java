package dev.kretsim.paste;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines on which a shell waited, with or without the command that was typed there. */
final class PromptLines {
  /** root@box:~#, [me@box dir]$, box:~ #, sh-5.1#, bash-4.2$, / #, (env) me@box:~$, $ and %. */
  private static final Pattern PROMPT =
      Pattern.compile(
          "(?:\\([\\w.-]+\\) ?)?(?:[\\w.-]+@[\\w.-]+[:"
              + " ]?[^#$%>|\\[\\]()]{0,100}|\\[[\\w.-]+@[^\\]]{1,100}\\]|\\[[a-z][\\w./~-]{0,60}\\]|(?:ba|da|k|z|a)?sh(?:-[\\d.]+)?|[/~](?!/)[\\w./~-]{0,80}"
              + " |[\\w.-]{1,64}:[~/][\\w./~-]{0,80} ?)[#$%](?: (.*))?|[$%](?: (.*))?");

  private PromptLines() {}

  static boolean is(String line) {
    return PROMPT.matcher(line).matches();
  }

  /** The command that was typed, which may tell what printed the lines after it, as a comment. */
  static String asComment(String line) {
    Matcher prompt = PROMPT.matcher(line);
    if (!prompt.matches()) {
      return line;
    }
    String command = prompt.group(1) != null ? prompt.group(1) : prompt.group(2);
    return command == null ? "#" : "# " + command;
  }

  /** Whether one is among the lines. */
  static boolean anyIn(byte[] text, int length) {
    int from = 0;
    while (from < length) {
      int to = from;
      boolean sign = false;
      while (to < length && text[to] != '\n') {
        sign |= text[to] == '$' || text[to] == '%' || (text[to] == '#' && to > from);
        to++;
      }
      if (sign && text[from] != '#' && to - from < 1000) {
        int end = to > from && text[to - 1] == '\r' ? to - 1 : to;
        if (is(new String(text, from, end - from, StandardCharsets.ISO_8859_1))) {
          return true;
        }
      }
      from = to + 1;
    }
    return false;
  }
}
