package dev.kretsim.console;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What options are called elsewhere. */
final class OtherNames {
  private static final Map<String, Set<String>> OF =
      Map.of(
          "--rate",
              Set.of("rps", "qps", "tps", "iops", "callspersecond", "throughput", "frequency"),
          "--hold",
              Set.of("latency", "duration", "servicetime", "holdtime", "responsetime", "time"),
          "--threads", Set.of("concurrency", "workers", "tasks", "processes", "clients"),
          "--target", Set.of("slo", "sla", "missratio", "ratio", "maxmiss"),
          "--function", Set.of("f", "func", "symbol", "probe"),
          "--possible-cpus", Set.of("cpus", "cores", "ncpus", "nproc"),
          "--seconds", Set.of("d", "duration", "time", "t", "sleep"),
          "--with", Set.of("tool", "tracer", "using"),
          "--tool", Set.of("with", "using"));

  /** Forms, each of which is a word behind {@code --out}. */
  private static final Map<String, String> FORMS =
      Map.of("json", "json", "j", "json", "csv", "csv", "md", "markdown", "markdown", "markdown");

  private OtherNames() {}

  /**
   * {@return what such an option is called here, as it is to be typed; empty if none is known}
   *
   * @param known the options that there are
   * @param typed an option that is not known
   */
  static String of(Set<String> known, String typed) {
    String word = typed.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    String form = FORMS.get(word);
    if (form != null && known.contains("--out")) {
      return "--out " + form;
    }
    if (word.equals("sample") && known.contains("--format")) {
      return "sample:NAME in place of a file";
    }
    for (Map.Entry<String, Set<String>> option : OF.entrySet()) {
      if (known.contains(option.getKey()) && option.getValue().contains(word)) {
        return option.getKey();
      }
    }
    return "";
  }
}
