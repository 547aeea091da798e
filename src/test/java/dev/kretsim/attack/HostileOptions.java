package dev.kretsim.attack;

import dev.kretsim.cli.CommandOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Command lines that work, with options whose values nobody expects. */
final class HostileOptions {
  /** Command lines that work, to which something is done. */
  private static final List<String> GOOD =
      List.of(
          "plan calls.csv",
          "plan events.txt",
          "plan graph.txt.gz",
          "plan hist.txt --rate 20000/s --calls 2000",
          "plan before.prof after.prof --maxactive 4",
          "plan --rate 12000/s --hold fixed(100us) --calls 2000",
          "plan --threads 20 --think exponential(mean=3ms) --hold fixed(1ms) --calls 2000",
          "plan --arrivals batch(rate=1000/s,size=8) --hold fixed(100us) --calls 2000",
          "import calls.csv --out new.calls",
          "run scenario.yaml",
          "run --calls 20",
          "explain scenario.yaml",
          "explain",
          "conform case.json",
          "scale --threads 1,2 --pool hlist",
          "events check lines.txt",
          "events check - --kernel 5.10",
          "events profile scenario.yaml",
          "events run script.txt",
          "events run",
          "fleet hosts",
          "fleet hosts/a.csv hosts/b.csv --cache cache",
          "fleet hosts --hosts known.csv",
          "fleet hosts --rows out1",
          "fleet simulate --rate 2k/s --hold 1ms --hosts 50",
          "scale validate --published published.json --series krp.8336C.prctl",
          "scale --threads 1 --pool hlist --machine machine.yaml",
          "scale --threads 1 --pool hlist --published published.json --html out1",
          "scale measure --accesses 20",
          "record vfs_read do_sys_openat2",
          "plan sample:mixed-events",
          "plan sample:nanosleep-bursts --out json",
          "import sample:mixed-graph --out new.calls");

  private static final List<String> FILES =
      List.of(
          "calls.csv",
          "events.txt",
          "graph.txt",
          "graph.txt.gz",
          "before.prof",
          "after.prof",
          "hist.txt",
          "scenario.yaml",
          "holds.txt",
          "lines.txt",
          "case.json",
          "script.txt",
          "machine.yaml",
          "published.json",
          "hosts",
          "hosts/a.csv",
          "hosts/b.csv",
          "known.csv",
          "folder");

  private static final Set<String> WRITTEN = Set.of("new.calls", "out1", "out2", "cache");

  /** What follows one of these must stay in the folder. */
  private static final Set<String> OUTPUTS =
      Set.of("--out", "--output", "--rows", "--html", "--svg", "--perfetto", "--cache");

  private final Map<String, List<CommandOption>> options = new HashMap<>();

  Attack next(SplittableRandom random, Workplace place) {
    Hostile hostile =
        new Hostile(random, FILES.stream().map(name -> place.path(name).toString()).toList());
    List<String> words = new ArrayList<>(Arrays.asList(hostile.one(GOOD).split(" ", -1)));
    String command = command(words);
    words.replaceAll(
        word ->
            FILES.contains(word) || WRITTEN.contains(word) ? place.path(word).toString() : word);
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      List<CommandOption> all = options.computeIfAbsent(command, CommandOption::of);
      CommandOption option = hostile.one(all);
      int at = words.indexOf(option.name());
      String top = place.path("").toString();
      if (option.name().equals("--cache")) {
        put(
            words,
            at,
            option.name(),
            place.path(hostile.one(List.of("cache", "hosts"))).toString());
      } else if (option.isOutput()) {
        String file =
            hostile.one(List.of("out1", "out2", "folder", "none/x", "/dev/null", "/dev/full"));
        String path = file.startsWith("/") ? file : place.path(file).toString();
        // An input that is named as the output too stays what it is.
        String input = words.stream().filter(word -> word.startsWith(top)).findFirst().orElse(path);
        put(words, at, option.name(), random.nextInt(4) == 0 && at < 0 ? input : path);
      } else if (option.takesValue()) {
        put(words, at, option.name(), hostile.fitting(option.name()));
      } else if (at < 0) {
        words.add(option.name());
      }
    }
    int other = random.nextInt(words.size());
    if (random.nextInt(6) == 0 && !(other > 0 && OUTPUTS.contains(words.get(other - 1)))) {
      words.set(other, hostile.any());
    }
    if (words.contains("real") && !words.contains("--calls")) {
      words.addAll(List.of("--calls", "3"));
    }
    return new Attack(words, WRITTEN);
  }

  /** What a command line runs. */
  static String command(List<String> words) {
    boolean below =
        words.size() > 1 && CommandOption.commands().contains(words.get(0) + " " + words.get(1));
    return below ? words.get(0) + " " + words.get(1) : words.get(0);
  }

  /** The commands that are attacked. */
  static Set<String> attacked() {
    return GOOD.stream()
        .map(line -> command(Arrays.asList(line.split(" ", -1))))
        .collect(Collectors.toSet());
  }

  private static void put(List<String> words, int at, String name, String value) {
    if (at >= 0 && at + 1 < words.size()) {
      words.set(at + 1, value);
    } else {
      words.addAll(List.of(name, value));
    }
  }
}
