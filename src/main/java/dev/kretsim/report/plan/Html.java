package dev.kretsim.report.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A plan as one page: charts to hover over, a slider for the target, a table, and how it was
 * computed. The page carries all it needs and asks nobody for anything, so it opens offline.
 */
public final class Html {
  private static final String PAGE = "plan.html";
  private static final String ANY_NUMBER = "{maxactive}";

  private Html() {}

  /** The page as text. */
  public static String render(Plan plan) {
    String dist = properties().getProperty("dist");
    ClassLoader jar = Html.class.getClassLoader();
    return read(Html.class.getResourceAsStream(PAGE))
        .replace("/*uplot.css*/", read(jar.getResourceAsStream(dist + "uPlot.min.css")))
        .replace("/*uplot.js*/", read(jar.getResourceAsStream(dist + "uPlot.iife.min.js")))
        .replace("/*plan*/", data(plan));
  }

  /** The plan with its pictures; no text in it can end the script that it stands in. */
  private static String data(Plan plan) {
    ObjectNode json = Json.tree(plan);
    ArrayNode functions = (ArrayNode) json.get("functions");
    for (int i = 0; i < functions.size(); i++) {
      FunctionPlan.Picture picture = plan.functions().get(i).picture();
      ObjectNode function = (ObjectNode) functions.get(i);
      addLines(plan, i, null, function.putObject("paste_keep"));
      addLines(plan, i, ANY_NUMBER, function.putObject("paste_set"));
      ArrayNode occupancy = function.putArray("occupancy");
      for (FunctionPlan.Stretch stretch : picture.occupancy()) {
        occupancy.addArray().add(stretch.fromNs()).add(stretch.mean()).add(stretch.peak());
      }
      ArrayNode holds = function.putArray("holds");
      for (FunctionPlan.Bucket bucket : picture.holds()) {
        holds.addArray().add(bucket.fromNs()).add(bucket.toNs()).add(bucket.count());
      }
    }
    return json.toString().replace("<", "\\u003c");
  }

  /** The lines for the default, or with what stands for a number in them. */
  private static void addLines(Plan plan, int index, @Nullable String number, ObjectNode json) {
    PasteLines lines = new PasteLines(plan.functions().get(index), plan.question(), number);
    for (Tool tool : Tool.values()) {
      json.put(tool.label(), lines.line(tool));
    }
  }

  private static Properties properties() {
    Properties properties = new Properties();
    try (InputStream in = Html.class.getResourceAsStream("uplot.properties")) {
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
