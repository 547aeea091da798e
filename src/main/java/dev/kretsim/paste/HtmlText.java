package dev.kretsim.paste;

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
      Pattern.compile(
          "&(?:([a-zA-Z]{2,6})|#0{0,3}(\\d{1,5})|#[xX]0{0,3}([0-9a-fA-F]{1,4}));|&(lt|gt|amp|quot)(?!\\w)");

  private static final int MOST_ESCAPES = 3;

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
    // What was escaped is escaped again by each page that shows it as text.
    for (int i = 0; i < MOST_ESCAPES && text.indexOf('&') >= 0; i++) {
      text = ENTITY.matcher(text).replaceAll(HtmlText::meaning);
    }
    return text;
  }

  private static String meaning(java.util.regex.MatchResult entity) {
    String name = entity.group(1) != null ? entity.group(1) : entity.group(4);
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
        case "lpar" -> "(";
        case "rpar" -> ")";
        case "lcub", "lbrace" -> "{";
        case "rcub", "rbrace" -> "}";
        case "colon" -> ":";
        case "semi" -> ";";
        case "comma" -> ",";
        case "period" -> ".";
        case "plus" -> "+";
        case "equals" -> "=";
        case "sol" -> "/";
        case "lowbar" -> "_";
        case "ast" -> "*";
        case "excl" -> "!";
        case "commat" -> "@";
        case "dollar" -> Matcher.quoteReplacement("$");
        case "hyphen", "dash" -> "-";
        case "tab" -> "\t";
        case "ensp", "emsp", "thinsp" -> " ";
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
    String text =
        code == 0x2190
            ? "<-"
            : code == '\t' || (code >= ' ' && code < 0x7f) ? Character.toString(code) : "?";
    return Matcher.quoteReplacement(text);
  }
}
