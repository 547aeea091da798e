package dev.kretsim.fleet.simulate;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.workload.random.Distribution;
import org.jspecify.annotations.Nullable;

/**
 * A fleet as it is described.
 *
 * @param hosts how many, from 1 to {@value #MOST_HOSTS}
 * @param rate how calls a second spread over hosts, each being that host's mean over a day
 * @param hold how the mean time inside spreads over hosts
 * @param threads how many threads call on a host; null: calls come at random, from any number
 * @param correlation of the ranks of rate and hold, roughly, from -1 to 1: above 0, busy hosts are
 *     slow
 * @param diurnal how the rates go up and down over a day
 */
public record DescribedFleet(
    int hosts,
    SpreadOfRates rate,
    Distribution hold,
    @Nullable SpreadOfRates threads,
    double correlation,
    DayShape diurnal) {
  public static final int MOST_HOSTS = 1_000_000;

  public DescribedFleet {
    if (hosts < 1 || hosts > MOST_HOSTS) {
      throw new BadInputException("--hosts must be from 1 to " + MOST_HOSTS + ": " + hosts);
    }
    if (!(correlation >= -1 && correlation <= 1)) {
      throw new BadInputException("--correlation must be from -1 to 1: " + correlation);
    }
    if (threads != null && !(threads.mean() >= 1)) {
      throw new BadInputException("--threads must be at least 1 on average: " + threads);
    }
  }
}
