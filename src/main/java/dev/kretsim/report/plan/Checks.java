package dev.kretsim.report.plan;

import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Plan;
import java.util.Map;

/** What a check found, in the forms that build servers read. */
public final class Checks {
  private Checks() {}

  /**
   * Annotations of a GitHub workflow: an error for each failure, a notice with the verdict
   * otherwise.
   *
   * @param failures what fails, by function
   */
  public static String github(Plan plan, Map<String, String> failures) {
    StringBuilder text = new StringBuilder();
    for (FunctionPlan function : plan.functions()) {
      String name = function.function();
      String failure = failures.get(name);
      text.append(failure == null ? "::notice" : "::error").append(" title=maxactive of ");
      text.append(property(name)).append("::");
      text.append(
          message(
              failure == null
                  ? name + ": " + Words.verdict(function.recommendation())
                  : name + " " + failure));
      text.append('\n');
    }
    return text.toString();
  }

  /** A test suite in the XML that JUnit writes, with a test for each function. */
  public static String junit(Plan plan, Map<String, String> failures) {
    StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    text.append("<testsuite name=\"kretsim plan\" tests=\"").append(plan.functions().size());
    text.append("\" failures=\"").append(failures.size()).append("\">\n");
    for (FunctionPlan function : plan.functions()) {
      String name = function.function();
      String failure = failures.get(name);
      text.append("  <testcase classname=\"maxactive\" name=\"").append(xml(name)).append('"');
      text.append(
          failure == null
              ? "/>\n"
              : "><failure message=\"" + xml(name + " " + failure) + "\"/></testcase>\n");
    }
    return text.append("</testsuite>\n").toString();
  }

  private static String message(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return message(text).replace(":", "%3A").replace(",", "%2C");
  }

  private static String xml(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("\"", "&quot;")
        .replaceAll("\\p{Cntrl}", "?");
  }
}
