package dev.kretsim.console;

import dev.kretsim.fleet.FleetQuestion;
import dev.kretsim.fleet.HostNaming;
import dev.kretsim.fleet.KnownHosts;
import dev.kretsim.kernel.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is asked of a fleet, wherever it is planned. */
public final class FleetOptions {
  @Option(
      names = "--host-by",
      paramLabel = "name|parent|REGEX",
      description =
          "What tells the host: the file's name up to its first dot (default), its folder, or what"
              + " a regular expression finds in its path.")
  private String hostBy = "name";

  @Option(
      names = "--cover",
      defaultValue = "0.99",
      paramLabel = "SHARE",
      description = "Also the number that fits this share of the hosts: 0.99 (default) or 99%%.")
  private String cover = "0.99";

  @Option(
      names = "--target",
      paramLabel = "RATIO",
      description = "The share of its calls that a host may miss: 1e-4 (default), 0.01%% or 1/10k.")
  private @Nullable String target;

  @Option(names = "--function", paramLabel = "NAME", description = "Only this one; repeatable.")
  private List<String> functions = new ArrayList<>();

  @Option(
      names = "--hosts",
      paramLabel = "FILE.csv",
      description =
          "What the files do not tell: host, maxactive, rate, seconds, possible_cpus, kernel, and"
              + " function where a row is of that alone.")
  private @Nullable Path hosts;

  /** What tells the host. */
  public HostNaming naming() {
    return HostNaming.parse(hostBy);
  }

  /** What is asked of every host. */
  public FleetQuestion question() {
    return new FleetQuestion(
        functions,
        target == null ? null : (Double) Share.missed("--target", target),
        hosts == null ? KnownHosts.none() : KnownHosts.read(hosts));
  }

  /**
   * The share of the hosts that the covering number is to fit, in (0, 1].
   *
   * @throws BadInputException if it is none; 99 is none, since 1 is all hosts and not one in 100
   */
  public double cover() {
    double share = Share.of("--cover", cover);
    if (!(share > 0 && share <= 1)) {
      throw new BadInputException(
          "--cover must be above 0 and at most 1: %s%s"
              .formatted(
                  cover,
                  share > 1 && share <= 100 && !cover.contains("%")
                      ? "; in percent, say " + cover.strip() + "%"
                      : ""));
    }
    return share;
  }
}
