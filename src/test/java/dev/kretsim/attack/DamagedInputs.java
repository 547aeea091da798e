package dev.kretsim.attack;

import dev.kretsim.trace.TraceMutator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Traces and other inputs that are cut, or in which bits and words are others. */
final class DamagedInputs {
  private static final List<String> FORMS = List.of("table", "json", "csv", "markdown");

  private DamagedInputs() {}

  static Attack next(SplittableRandom random, Workplace place) throws IOException {
    Hostile hostile = new Hostile(random, List.of("x"));
    String name =
        hostile.one(
            List.of(
                "calls.csv",
                "events.txt",
                "graph.txt",
                "graph.txt.gz",
                "before.prof",
                "hist.txt",
                "holds.txt",
                "lines.txt",
                "script.txt",
                "machine.yaml",
                "published.json",
                "hosts/a.csv",
                "scenario.yaml"));
    byte[] bytes = place.original(name);
    byte[] damaged =
        random.nextBoolean() && !name.endsWith(".gz")
            ? new TraceMutator(random.nextLong())
                .mutated(new String(bytes, StandardCharsets.UTF_8), 200, 3)
            : cutOrFlipped(bytes, random);
    String file = place.write(name, damaged).toString();
    return Attack.of(
        switch (name) {
          case "before.prof" ->
              List.of("plan", file, place.path("after.prof").toString(), "--maxactive", "4");
          case "hist.txt" -> List.of("plan", file, "--rate", "20000/s", "--calls", "2000");
          case "holds.txt" ->
              List.of(
                  "plan",
                  "--rate",
                  "1000/s",
                  "--hold",
                  "empirical(" + file + ")",
                  "--calls",
                  "2000");
          case "script.txt" -> List.of("events", "run", file);
          case "machine.yaml" ->
              List.of("scale", "--machine", file, "--threads", "1,2", "--pool", "hlist");
          case "published.json" ->
              List.of("scale", "validate", "--published", file, "--series", "krp.8336C.prctl");
          case "hosts/a.csv" ->
              List.of("fleet", place.path("hosts").toString(), "--out", hostile.one(FORMS));
          case "lines.txt" -> List.of("events", "check", file);
          case "scenario.yaml" -> List.of("run", file);
          default ->
              random.nextInt(3) == 0
                  ? List.of("plan", file)
                  : List.of("plan", file, "--out", hostile.one(FORMS));
        });
  }

  private static byte[] cutOrFlipped(byte[] bytes, SplittableRandom random) {
    byte[] changed =
        random.nextInt(3) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
    for (int n = random.nextInt(4); n > 0 && changed.length > 0; n--) {
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return changed;
  }
}
