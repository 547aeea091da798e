package dev.kretsim.plan.advise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.read.TraceReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/** Recordings of real kernels in the test resources, and short ways to plan. */
public final class Recordings {
  private Recordings() {}

  static JsonNode json(String name) {
    try (InputStream stream = url(name).openStream()) {
      return new ObjectMapper().readTree(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path file(String name) {
    try {
      return Path.of(url(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static URL url(String name) {
    return Objects.requireNonNull(
        Recordings.class.getResource("/oracle/" + name), () -> "no recording " + name);
  }

  static PlanQuestion anything() {
    return PlanQuestion.usual();
  }

  static Plan planFile(String name) {
    return plan(TraceSource.of(file(name).toString(), InputStream.nullInputStream()));
  }

  public static Plan planText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return plan(TraceSource.of("-", new ByteArrayInputStream(bytes)));
  }

  public static FunctionPlan only(Plan plan) {
    if (plan.functions().size() != 1) {
      throw new IllegalStateException("one function expected: " + plan.functions());
    }
    return plan.functions().get(0);
  }

  private static Plan plan(TraceSource source) {
    try (source) {
      return new Planner(anything()).plan(source, new TraceReader(source, null));
    }
  }

  /** Misses of a pool as the curve tells them; beyond the curve there are none. */
  public static long missed(FunctionPlan plan, int maxactive) {
    return maxactive > plan.curve().size() ? 0 : plan.curve().get(maxactive - 1).missed();
  }
}
