package dev.kretsim.console;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.scale.Workload;
import dev.kretsim.scale.Workload.Sharing;
import dev.kretsim.workload.random.Distribution;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What each simulated thread does, over and over. */
public final class ScaleWorkload {
  private static final double LONGEST_NS = 1e9;
  private static final double PS_PER_NS = 1000;

  private enum Form {
    LOOP,
    HITS,
    RAW
  }

  private enum Shares {
    NOTHING(Sharing.NONE),
    HANDLERS(Sharing.HANDLERS),
    ITEMS(Sharing.RAW);

    private final Sharing sharing;

    Shares(Sharing sharing) {
      this.sharing = sharing;
    }
  }

  @Option(
      names = "--workload",
      defaultValue = "loop",
      description =
          "loop (default): pop, work, push, work. hits: whole kretprobe hits, the work around pop"
              + " and push, handlers' fields beside the list head. raw: as the published loops.")
  private String form = "";

  @Option(
      names = "--work",
      defaultValue = "5",
      paramLabel = "NS",
      description = "Between a pop and its push, and before the next (default ${DEFAULT-VALUE}).")
  private double work;

  @Option(names = "--before", paramLabel = "NS", description = "Work in front of the pop instead.")
  private @Nullable Double before;

  @Option(
      names = "--inside",
      paramLabel = "DIST",
      description = "How long instances are held instead, such as 'lognormal(p50=2us,p99=40us)'.")
  private @Nullable String inside;

  @Option(names = "--after", paramLabel = "NS", description = "Work behind the push instead.")
  private @Nullable Double after;

  @Option(
      names = "--bulk",
      defaultValue = "1",
      paramLabel = "N",
      description = "Instances taken in a row (default ${DEFAULT-VALUE}).")
  private int bulk;

  @Option(
      names = "--nested",
      description = "Each further one of --bulk is a call within the call before it.")
  private boolean nested;

  @Option(
      names = "--return-elsewhere",
      description = "Instances are pushed on another CPU than they were popped on.")
  private boolean elsewhere;

  @Option(
      names = "--sharing",
      paramLabel = "FIELDS",
      description =
          "What lies in shared lines besides the pool: nothing, handlers (fields that handlers"
              + " read, beside the list head) or items (an array entry per instance, two nodes in"
              + " a line). Default: as --workload has it.")
  private @Nullable String shares;

  /**
   * What the options say.
   *
   * @throws BadInputException if one is out of its bounds
   */
  public Workload workload() {
    ps("--work", work);
    Workload base =
        switch (Choice.of("--workload", form, Form.values())) {
          case LOOP -> Workload.loop(work);
          case HITS -> Workload.hits(work);
          case RAW -> Workload.raw(1, work);
        };
    if (bulk < 1 || bulk > Workload.MOST_BULK) {
      throw new BadInputException(
          "--bulk must be in [1, %d]: %d".formatted(Workload.MOST_BULK, bulk));
    }
    Sharing sharing =
        shares == null ? base.sharing() : Choice.of("--sharing", shares, Shares.values()).sharing;
    Distribution holds = inside == null ? null : Distribution.parse(inside);
    if (holds != null) {
      ps("--inside: its mean", holds.meanNs());
    }
    return new Workload(
        before == null ? base.before() : ps("--before", before),
        base.inside(),
        after == null ? base.after() : ps("--after", after),
        holds,
        bulk,
        nested,
        elsewhere,
        sharing,
        base.kernelPath());
  }

  private static long ps(String option, double ns) {
    if (!(ns >= 0 && ns <= LONGEST_NS)) {
      throw new BadInputException("%s must be in [0, 1e9] ns: %s".formatted(option, ns));
    }
    return Math.round(ns * PS_PER_NS);
  }
}
