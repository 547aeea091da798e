package dev.kretsim.attack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A scenario in which lines are gone, doubled, moved or changed. */
final class DamagedScenarios {
  private DamagedScenarios() {}

  static Attack next(SplittableRandom random, Workplace place) throws IOException {
    Hostile hostile = new Hostile(random, List.of(place.path("holds.txt").toString()));
    List<String> lines = new ArrayList<>(Workplace.SCENARIO.lines().toList());
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      int at = random.nextInt(lines.size());
      String line = lines.get(at);
      int colon = line.indexOf(": ");
      switch (random.nextInt(8)) {
        case 0 -> lines.remove(at);
        case 1 -> lines.add(random.nextInt(lines.size()), line);
        case 2 -> lines.set(at, " ".repeat(random.nextInt(4)) + line);
        case 3 -> lines.set(at, Hostile.flipped(line, random));
        case 4 -> lines.set(at, line.replaceFirst("[a-z_]+:", hostile.one(KEYS) + ":"));
        default -> {
          if (colon > 0) {
            lines.set(at, line.substring(0, colon + 2) + value(hostile, random));
          }
        }
      }
    }
    byte[] bytes = Workplace.bytes(String.join("\n", lines) + "\n");
    place.write("scenario.yaml", bytes);
    String file = place.path("scenario.yaml").toString();
    return Attack.of(
        random.nextInt(4) == 0 ? List.of("explain", file) : List.of("run", file, "--out", "json"));
  }

  private static final List<String> KEYS =
      List.of(
          "cpus",
          "seed",
          "functions",
          "probes",
          "load",
          "events",
          "name",
          "body",
          "tasks",
          "calls",
          "duration",
          "think",
          "at",
          "do",
          "kprobe",
          "kretprobe",
          "maxactive",
          "<<",
          "offset",
          "? a");

  private static String value(Hostile hostile, SplittableRandom random) {
    return switch (random.nextInt(7)) {
      case 0 -> hostile.number();
      case 1 -> hostile.time();
      case 2 -> hostile.law();
      case 3 -> "[spin " + hostile.time() + ", sleep " + hostile.law() + "]";
      case 4 -> "decline every " + hostile.number();
      case 5 ->
          hostile.one(
              List.of(
                  "outer",
                  "inner",
                  "call outer",
                  "call inner",
                  "[call outer]",
                  "kill-task reader",
                  "unregister outer",
                  "unregister inner",
                  "accept",
                  "&a [*a]",
                  "*a",
                  "!!int 3",
                  "!x y",
                  "|",
                  "{a: b}",
                  "[[]]",
                  "~",
                  "kthread",
                  "reader",
                  "real",
                  "5.10",
                  "arm64"));
      default -> hostile.any();
    };
  }
}
