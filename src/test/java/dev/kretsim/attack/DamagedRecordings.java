package dev.kretsim.attack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/** A recording in which values are others. */
final class DamagedRecordings {
  private DamagedRecordings() {}

  static Attack next(SplittableRandom random, Workplace place) throws IOException {
    Hostile hostile = new Hostile(random, List.of("x"));
    String json =
        new String(
            Objects.requireNonNull(
                    DamagedRecordings.class.getResourceAsStream(
                        "/oracle/cases/" + hostile.one(CASES) + ".json"))
                .readAllBytes(),
            StandardCharsets.UTF_8);
    for (int n = 1 + random.nextInt(2); n > 0; n--) {
      if (random.nextInt(4) == 0) {
        json = Hostile.flipped(json, random);
        continue;
      }
      // A value somewhere becomes another one.
      int colon = json.indexOf(':', random.nextInt(json.length()));
      int end = colon < 0 ? -1 : json.indexOf(',', colon);
      if (end > 0) {
        String value =
            hostile.one(
                List.of(
                    "-1",
                    "0",
                    "2000000000",
                    "1e300",
                    "null",
                    "true",
                    "\"x\"",
                    "[]",
                    "{}",
                    "[-1]",
                    "9223372036854775807",
                    "[[1]]",
                    "\"" + "y".repeat(300) + "\"",
                    "\"f\""));
        json = json.substring(0, colon + 1) + value + json.substring(end);
      }
    }
    return Attack.of(List.of("conform", place.write("case.json", json).toString()));
  }

  private static final List<String> CASES =
      List.of(
          "exhaust_n10_m16",
          "disable_enable_inflight",
          "eh_every_3",
          "data_size_8",
          "eh_comm_filter",
          "disable_twice_enable_twice");
}
