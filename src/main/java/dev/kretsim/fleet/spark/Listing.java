package dev.kretsim.fleet.spark;

import dev.kretsim.files.FileName;
import dev.kretsim.fleet.Host;
import dev.kretsim.fleet.HostNaming;
import dev.kretsim.kernel.BadInputException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/** The files that Spark finds, by their hosts. */
final class Listing {
  private Listing() {}

  /**
   * Each host with the files it has, both in the order of their names.
   *
   * @throws BadInputException if an argument names nothing
   */
  static List<Tuple2<String, String[]>> hosts(
      SparkSession spark, List<String> arguments, HostNaming naming) {
    TreeSet<String> files = new TreeSet<>();
    for (String argument : arguments) {
      String[] found = found(spark, argument);
      if (found.length == 0) {
        throw new BadInputException(argument + ": no file is there; expected traces of hosts");
      }
      files.addAll(List.of(found));
    }
    Map<String, List<String>> byHost = new TreeMap<>();
    for (String file : files) {
      byHost.computeIfAbsent(naming.of(path(file)), host -> new ArrayList<>()).add(file);
    }
    List<Tuple2<String, String[]>> hosts = new ArrayList<>();
    byHost.forEach((host, own) -> hosts.add(new Tuple2<>(host, own.toArray(String[]::new))));
    return hosts;
  }

  /** The same, with the files' paths in their store. */
  static List<Host> named(List<Tuple2<String, String[]>> hosts) {
    return hosts.stream()
        .map(host -> new Host(host._1(), Arrays.stream(host._2()).map(Listing::path).toList()))
        .toList();
  }

  private static Path path(String file) {
    return FileName.of(URI.create(file).getPath());
  }

  private static String[] found(SparkSession spark, String argument) {
    try {
      return spark
          .read()
          .format("binaryFile")
          .option("recursiveFileLookup", "true")
          .load(argument)
          .inputFiles();
    } catch (Exception refused) {
      throw new BadInputException(argument + ": cannot be listed: " + SparkJob.reason(refused));
    }
  }
}
