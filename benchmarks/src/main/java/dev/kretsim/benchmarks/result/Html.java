package dev.kretsim.benchmarks.result;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A measurement as one page with a chart for each question. The page carries all it needs and asks
 * nobody for anything, so it opens offline.
 */
public final class Html {
  private static final String PAGE = "results.html";

  /** Where the product keeps note of the path to the chart library in its jar. */
  private static final String LIBRARY = "dev/kretsim/report/plan/uplot.properties";

  private Html() {}

  public static String of(Measurement measured) {
    ClassLoader jar = Html.class.getClassLoader();
    String dist = library(jar).getProperty("dist");
    return read(Html.class.getResourceAsStream(PAGE))
        .replace("/*uplot.css*/", read(jar.getResourceAsStream(dist + "uPlot.min.css")))
        .replace("/*uplot.js*/", read(jar.getResourceAsStream(dist + "uPlot.iife.min.js")))
        .replace("/*results*/", data(measured));
  }

  /** What the page shows; no text in it can end the script that it stands in. */
  private static String data(Measurement measured) {
    ObjectNode json = Json.summary(measured).put("heading", Text.heading(measured));
    ArrayNode comparisons = json.putArray("comparisons");
    for (Comparison comparison : Comparison.of(measured)) {
      ObjectNode node = comparisons.addObject().put("question", comparison.question());
      ArrayNode entries = node.putArray("entries");
      for (Comparison.Entry entry : comparison.entries()) {
        Estimate estimate = entry.score().estimate();
        ObjectNode shown =
            entries
                .addObject()
                .put("name", entry.name())
                .put("ours", entry.ours())
                .put("ns", estimate.value())
                .put("low", estimate.low())
                .put("high", estimate.high())
                .put("miss_share", entry.score().missShare());
        entry.overFloor().ifPresent(over -> shown.put("over_floor", over.value()));
      }
    }
    return json.toString().replace("<", "\\u003c");
  }

  private static Properties library(ClassLoader jar) {
    Properties properties = new Properties();
    try (InputStream in = jar.getResourceAsStream(LIBRARY)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  private static String read(@Nullable InputStream stream) {
    if (stream == null) {
      throw new IllegalStateException("a part of the page is missing from the jar");
    }
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
