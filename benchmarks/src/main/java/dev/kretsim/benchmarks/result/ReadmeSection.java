package dev.kretsim.benchmarks.result;

import dev.kretsim.benchmarks.peer.Contenders;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The section of the README: generated, so that no figure in it is of another run. */
public final class ReadmeSection {
  private static final String POP_AND_PUSH = "PoolBenchmark.popAndPush";

  private ReadmeSection() {}

  public static String of(Measurement measured) {
    Host host = measured.host();
    StringBuilder text = new StringBuilder();
    text.append(
        "Ratios of 20th percentiles (of whole processes: medians) within one run: %s, %d processors, %s, %s%s.\n\n"
            .formatted(
                host.cpu(),
                host.processors(),
                host.jdk(),
                measured.date().substring(0, 10),
                measured.quick() ? "; a quick trial, no evidence" : ""));
    text.append("| | ratio | measured (forks) | gate | goal | |\n|---|---|---|---|---|---|\n");
    for (Bar bar : Bars.of(measured)) {
      text.append(
          "| %s | %s | %s | %s %s | %s %s | %s |\n"
              .formatted(
                  bar.id(),
                  bar.ratio(),
                  bar.found()
                      .map(e -> Text.digits(e.value()) + " (" + Text.range(e) + ")")
                      .orElse(""),
                  bar.sign(),
                  Text.digits(bar.gate()),
                  bar.sign(),
                  Text.digits(bar.goal()),
                  measured.quick() && bar.found().isPresent()
                      ? "not judged"
                      : bar.verdict().label()));
    }
    text.append(pools(measured));
    for (String line : measured.notMeasured()) {
      text.append("\nNot measured: ").append(line).append(".\n");
    }
    return text.toString();
  }

  /** Taking and giving back, of each design, as a multiple of a stack that nobody shares. */
  private static String pools(Measurement measured) {
    int[] threads = {1, 2, 4, 8};
    Map<String, String> same = Score.paramsOf("capacity=16", "holdTokens=0");
    Map<String, StringBuilder> rows = new LinkedHashMap<>();
    for (String design : Contenders.names()) {
      StringBuilder row = new StringBuilder();
      boolean any = false;
      for (int count : threads) {
        Optional<Score> floor = find(measured, count, "FLOOR", same);
        Optional<Score> score = find(measured, count, design, same);
        row.append(" | ");
        if (floor.isPresent() && score.isPresent()) {
          any = true;
          row.append(Text.digits(score.get().estimate().over(floor.get().estimate()).value()));
          if (score.get().missShare() > 0) {
            row.append(" (").append(Text.share(score.get())).append(" missed)");
          }
        }
      }
      if (any) {
        rows.put(design.toLowerCase(Locale.ROOT).replace('_', ' '), row);
      }
    }
    if (rows.isEmpty()) {
      return "";
    }
    StringBuilder text =
        new StringBuilder(
            "\nAn instance taken, written to and given back, as a multiple of a stack that each"
                + " thread has for\nitself; 16 instances, not held:\n\n| design | 1 thread | 2 | 4"
                + " | 8 |\n|---|---|---|---|---|\n");
    rows.forEach((name, row) -> text.append("| ").append(name).append(row).append(" |\n"));
    return text.toString();
  }

  private static Optional<Score> find(
      Measurement measured, int threads, String design, Map<String, String> same) {
    Map<String, String> params = new LinkedHashMap<>(same);
    params.put("design", design);
    return measured.find(POP_AND_PUSH, threads, params);
  }
}
