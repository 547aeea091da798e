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
      description = "Also the number that fits this share of the hosts (default 0.99).")
  private double cover;

  @Option(
      names = "--target",
      paramLabel = "RATIO",
      description = "The share of its calls that a host may miss (default 1e-4).")
  private @Nullable Double target;

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
        functions, target, hosts == null ? KnownHosts.none() : KnownHosts.read(hosts));
  }

  /** The share of the hosts that the covering number is to fit, in (0, 1]. */
  public double cover() {
    if (!(cover > 0 && cover <= 1)) {
      throw new BadInputException("--cover must be above 0 and at most 1: " + cover);
    }
    return cover;
  }
}
