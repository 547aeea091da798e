package dev.kretsim.trace;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What HTML makes of a text, taken back. */
final class HtmlText {
  private static final String TAGS =
      "</?(?:!doctype|html|head|body|title|meta|link|pre|code|samp|kbd|tt|span|div|p|br|b|i|em|strong"
          + "|font|a|td|tr|th|table|tbody|thead|li|ul|ol|blockquote|textarea|script|style|section|h[1-6]"
          + "|mark|wbr|hr)(?=[\\s/>])";
  private static final Pattern TAG = Pattern.compile(TAGS + "[^<>]*>", Pattern.CASE_INSENSITIVE);
  private static final Pattern TAG_BEGIN = Pattern.compile(TAGS, Pattern.CASE_INSENSITIVE);
  private static final Pattern BREAK =
      Pattern.compile("(?:<br\\s*/?>|</p>|</div>|</li>|</tr>)(?=.*\\S)", Pattern.CASE_INSENSITIVE);
  private static final Pattern ENTITY =
      Pattern.compile("&(?:([a-zA-Z]{2,6})|#(\\d{1,5})|#[xX]([0-9a-fA-F]{1,4}));");

  private HtmlText() {}

  static boolean startsWithEntity(String text) {
    return ENTITY.matcher(text).lookingAt();
  }

  static boolean startsWithTag(String text) {
    return TAG_BEGIN.matcher(text).lookingAt();
  }

  static boolean has(Pattern wanted, String text) {
    return wanted.matcher(text).find();
  }

  static int count(Pattern wanted, String text) {
    return (int) wanted.matcher(text).results().count();
  }

  /**
   * A line without tags, its entities read; what the page shows on several lines becomes several.
   */
  static String plain(String line) {
    String text = line;
    if (text.indexOf('<') >= 0) {
      text = TAG.matcher(BREAK.matcher(text).replaceAll("\n")).replaceAll("");
    }
    return text.indexOf('&') >= 0 ? ENTITY.matcher(text).replaceAll(HtmlText::meaning) : text;
  }

  private static String meaning(java.util.regex.MatchResult entity) {
    String name = entity.group(1);
    if (name != null) {
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "lt" -> "<";
        case "gt" -> ">";
        case "amp" -> "&";
        case "quot" -> "\"";
        case "apos", "rsquo", "lsquo" -> "'";
        case "nbsp" -> " ";
        case "larr" -> "<-";
        case "rarr" -> "->";
        case "minus", "ndash", "mdash" -> "-";
        case "lbrack", "lsqb" -> "[";
        case "rbrack", "rsqb" -> "]";
        case "vert", "verbar" -> "|";
        case "num" -> "#";
        default -> Matcher.quoteReplacement(entity.group());
      };
    }
    int code =
        entity.group(2) != null
            ? Integer.parseInt(entity.group(2))
            : Integer.parseInt(entity.group(3), 16);
    if (code == 0xa0) {
      return " ";
    }
    String text = code == 0x2190 ? "<-" : code < ' ' || code > 126 ? "?" : Character.toString(code);
    return Matcher.quoteReplacement(text);
  }
}
