package dev.kretsim.workload.random;

import dev.kretsim.files.FileName;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.Decimal;
import dev.kretsim.workload.random.Distribution.Law;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.DiscreteSampler;
import org.apache.commons.rng.sampling.distribution.GuideTableDiscreteSampler;
import org.jspecify.annotations.Nullable;

/**
 * Lengths as they were measured. The file has one length a line, with its unit ({@code 80us}) or in
 * plain nanoseconds; or one bucket of a histogram a line, {@code FROM TO COUNT} with blanks or
 * commas between, within which lengths spread evenly. Empty lines and those that begin with # are
 * passed over.
 */
final class Empirical {
  private static final Pattern GAP = Pattern.compile("\\s*[,;\\s]\\s*");
  private static final int MOST_LINES = 5_000_000;
  private static final int LONGEST_LINE = 1000;

  private double[] from = new double[64];
  private double[] to = new double[64];
  private long[] count = new long[64];
  private int size;

  private Empirical() {}

  /**
   * Reads such a file.
   *
   * @param unit how a length with a unit is read
   */
  static Law read(String name, ToDoubleFunction<String> unit) {
    Empirical read = new Empirical();
    long number = 0;
    try (BufferedReader lines =
        Files.newBufferedReader(FileName.of(name), StandardCharsets.UTF_8)) {
      for (String line = next(lines); line != null; line = next(lines)) {
        number++;
        if (line.length() > LONGEST_LINE) {
          throw BadInputException.at(name, number, "a line is too long; expected a length");
        }
        if (!line.isBlank() && line.strip().charAt(0) != '#') {
          read.add(name, number, line.strip(), unit);
        }
      }
    } catch (IOException e) {
      throw new BadInputException(
          "empirical(" + name + "): cannot be read; expected a file of lengths, one a line");
    }
    if (read.size == 0) {
      throw new BadInputException(name + ": has no length; expected one a line, such as 80us");
    }
    return histogram(
        name,
        Arrays.copyOf(read.from, read.size),
        Arrays.copyOf(read.to, read.size),
        Arrays.copyOf(read.count, read.size));
  }

  /** The next line, or as much of it as shows that it is too long. */
  private static @Nullable String next(BufferedReader lines) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = lines.read(); c != '\n' && line.length() <= LONGEST_LINE; c = lines.read()) {
      if (c < 0) {
        return line.isEmpty() ? null : line.toString();
      }
      line.append((char) c);
    }
    return line.toString();
  }

  private void add(String name, long number, String line, ToDoubleFunction<String> unit) {
    if (size == MOST_LINES) {
      throw BadInputException.at(name, number, "more than " + MOST_LINES + " lines");
    }
    if (size == from.length) {
      from = Arrays.copyOf(from, 2 * size);
      to = Arrays.copyOf(to, 2 * size);
      count = Arrays.copyOf(count, 2 * size);
    }
    String[] words = GAP.split(line);
    try {
      from[size] = length(words[0], unit);
      to[size] = words.length == 1 ? from[size] : length(words[1], unit);
      count[size] = words.length == 1 ? 1 : Long.parseLong(words[2]);
      if (words.length > 3 || count[size] < 0 || to[size] < from[size]) {
        throw new BadInputException("out of range");
      }
      size++;
    } catch (BadInputException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw BadInputException.at(
          name, number, "expected a length such as 80us, or FROM TO COUNT: " + line);
    }
  }

  private static double length(String word, ToDoubleFunction<String> unit) {
    if (word.isEmpty()) {
      throw new BadInputException("nothing stands before the comma");
    }
    char last = word.charAt(word.length() - 1);
    return last >= '0' && last <= '9' ? unsigned(word) : unit.applyAsDouble(word);
  }

  private static double unsigned(String word) {
    double value = Decimal.parse(word);
    if (!(value >= 0 && value < Long.MAX_VALUE / 2)) {
      throw new BadInputException("out of range");
    }
    return value;
  }

  /** The law of a histogram; buckets without width are single lengths. */
  static Law histogram(String name, double[] from, double[] to, long[] counts) {
    double[] share = new double[counts.length];
    double all = 0;
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      share[i] = counts[i];
      all += counts[i];
      sum += counts[i] * (from[i] + (to[i] - from[i]) / 2);
    }
    if (all == 0) {
      throw new BadInputException(name + ": all counts are 0; expected some lengths");
    }
    return new Law(sum / all, random -> sampler(random, from, to, share));
  }

  private static ContinuousSampler sampler(
      UniformRandomProvider random, double[] from, double[] to, double[] share) {
    DiscreteSampler bucket = GuideTableDiscreteSampler.of(random, share);
    return () -> {
      int i = bucket.sample();
      return from[i] == to[i] ? from[i] : from[i] + (to[i] - from[i]) * random.nextDouble();
    };
  }
}
