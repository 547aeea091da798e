package dev.kretsim.report.explain;

import dev.kretsim.explain.Explanation;
import dev.kretsim.report.JsonForm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The life of a call as one HTML page that asks the network for nothing. */
public final class Html {
  private static final String PAGE = "explain.html";

  private Html() {}

  /** The page. */
  public static String render(Explanation explanation) {
    String data = JsonForm.text(Json.node(explanation)).strip();
    return page()
        .replace("@title@", escape(Text.title(explanation).lines().findFirst().orElse("")))
        .replace("@text@", escape(Text.render(explanation, false)))
        // Inside a script element, only this could end it.
        .replace("@data@", data.replace("<", "\\u003c"));
  }

  private static String page() {
    try (InputStream in = Html.class.getResourceAsStream(PAGE)) {
      if (in == null) {
        throw new IllegalStateException("the page is not in the jar: " + PAGE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
