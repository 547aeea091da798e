package dev.kretsim.fleet.simulate;

import dev.kretsim.kernel.BadInputException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a host's rate goes up and down over a day.
 *
 * @param times how many times the rate of the quietest hour is that of the busiest, in between like
 *     a wave; null where each hour is given
 * @param levels the rate in parts of the day that are equally long, the mean being 1
 */
public record DayShape(@Nullable Double times, List<Double> levels) {
  private static final int HOURS = 24;
  private static final double MOST_TIMES = 1000;

  /** A wave goes up and down alike: half of its hours are those of the other half. */
  private static final int WAVE_LEVELS = 12;

  private static final String NUMBER = "\\d{1,9}(\\.\\d{1,6})?";

  public DayShape {
    levels = List.copyOf(levels);
  }

  /**
   * Such as {@code 3x}, or 24 numbers in proportion to the rates of the hours.
   *
   * @throws BadInputException if it is neither
   */
  public static DayShape parse(String text) {
    String[] hours = text.strip().split("\\s*,\\s*", -1);
    if (hours.length > 1) {
      return hourly(text, hours);
    }
    String times = hours[0].endsWith("x") ? hours[0].substring(0, hours[0].length() - 1) : hours[0];
    if (!times.matches(NUMBER)) {
      throw isNeither(text);
    }
    return wave(Double.parseDouble(times));
  }

  private static DayShape hourly(String text, String[] hours) {
    List<Double> rates = new ArrayList<>();
    for (String hour : hours) {
      if (!hour.matches(NUMBER)) {
        throw isNeither(text);
      }
      rates.add(Double.parseDouble(hour));
    }
    if (rates.size() != HOURS) {
      throw new BadInputException(
          "--diurnal has %d numbers; expected 24, one for each hour, or a number of times such as 3x"
              .formatted(rates.size()));
    }
    double mean = rates.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    if (mean <= 0) {
      throw new BadInputException("--diurnal must have an hour above 0: " + text);
    }
    return new DayShape(null, rates.stream().map(rate -> rate / mean).toList());
  }

  private static BadInputException isNeither(String text) {
    return new BadInputException(
        "--diurnal must be a number of times, such as 3x, or 24 numbers: " + text);
  }

  private static DayShape wave(double times) {
    if (!(times >= 1 && times <= MOST_TIMES)) {
      throw new BadInputException("--diurnal must be from 1x to 1000x: " + times);
    }
    List<Double> levels = new ArrayList<>();
    int parts = times > 1 ? WAVE_LEVELS : 1;
    double swing = (times - 1) / (times + 1);
    for (int part = 0; part < parts; part++) {
      levels.add(1 + swing * Math.cos(Math.PI * (part + 0.5) / parts));
    }
    return new DayShape(times, levels);
  }
}
