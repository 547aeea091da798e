package dev.kretsim.report.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A page with charts that carries all it needs and asks nobody for anything, so that it opens
 * offline.
 */
public final class Page {
  private Page() {}

  /**
   * Puts the charts' library, the common look and the data into a page.
   *
   * @param owner the class beside which the page lies
   * @param name of the page, which has {@code /*uplot.css*}{@code /}, {@code /*uplot.js*}{@code /}
   *     and the marker; with {@code /*page.css*}{@code /} it looks like the other pages, and {@code
   *     /*page.js*}{@code /} is what their scripts share
   * @param marker what stands where the data goes
   * @param json the data; no text in it can end the script that it stands in
   */
  public static String render(Class<?> owner, String name, String marker, String json) {
    String dist = properties().getProperty("dist");
    ClassLoader jar = Page.class.getClassLoader();
    return read(owner.getResourceAsStream(name))
        .replace("/*page.css*/", read(Page.class.getResourceAsStream("page.css")))
        .replace("/*page.js*/", read(Page.class.getResourceAsStream("page.js")))
        .replace("/*uplot.css*/", read(jar.getResourceAsStream(dist + "uPlot.min.css")))
        .replace("/*uplot.js*/", read(jar.getResourceAsStream(dist + "uPlot.iife.min.js")))
        .replace(marker, json.replace("<", "\\u003c"));
  }

  private static Properties properties() {
    Properties properties = new Properties();
    try (InputStream in = Page.class.getResourceAsStream("uplot.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  private static String read(@Nullable InputStream stream) {
    if (stream == null) {
      throw new IllegalStateException("a part of the report is missing from the jar");
    }
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
