package dev.kretsim.scale;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.kretsim.files.FileName;
import dev.kretsim.kernel.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Machine descriptions: those that ship, and files of the same form. */
public final class Machines {
  private static final List<String> NAMES =
      List.of(
          "xeon8260",
          "xeon8336c",
          "kunpeng920",
          "epyc7742",
          "epyc7r13",
          "graviton2",
          "laptop2",
          "server1024");

  private static final int MOST_CPUS = 4096;
  private static final double PS_PER_NS = 1000;
  private static final double LONGEST_NS = 1e6;

  private Machines() {}

  /** The names of those that ship. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * The machine of that name, or the one that a file describes.
   *
   * @throws BadInputException if there is neither, or the file lacks a number or has a wrong one
   */
  public static Machine of(String nameOrFile) {
    try {
      if (NAMES.contains(nameOrFile)) {
        String resource = nameOrFile + ".yaml";
        try (InputStream in = Machines.class.getResourceAsStream(resource)) {
          if (in == null) {
            throw new IllegalStateException("resource is missing: " + resource);
          }
          return read(nameOrFile, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
      Path file = FileName.of(nameOrFile);
      if (!Files.isRegularFile(file)) {
        throw new BadInputException(
            "--machine must be a file or one of %s: %s"
                .formatted(String.join(", ", NAMES), nameOrFile));
      }
      return read(nameOrFile, Files.readString(file));
    } catch (IOException e) {
      throw new BadInputException(
          "--machine %s: cannot be read: %s".formatted(nameOrFile, FileName.reason(e)));
    }
  }

  /** Reads a description; {@code source} is what messages call it. */
  static Machine read(String source, String yaml) {
    JsonNode root;
    try {
      root = new YAMLMapper().readTree(yaml);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw BadInputException.at(source, line, "is no YAML: " + e.getOriginalMessage());
    }
    return new Reader(source, root).machine();
  }

  private static final class Reader {
    private final String source;
    private final JsonNode root;
    private final List<String> origins = new ArrayList<>();

    Reader(String source, JsonNode root) {
      this.source = source;
      this.root = root;
    }

    Machine machine() {
      int sockets = count("sockets", 1, 64);
      int perSocket = count("coresPerSocket", 1, MOST_CPUS);
      int smt = count("smt", 1, 8);
      if ((long) sockets * perSocket * smt > MOST_CPUS) {
        throw new BadInputException(source + ": CPUs in all must be <= " + MOST_CPUS);
      }
      int perDie = count("coresPerDie", 1, perSocket);
      int perCluster = count("coresPerCluster", 1, perDie);
      List<List<Long>> matrix = matrix(sockets * perSocket);
      return new Machine(
          root.path("name").asText(source),
          root.path("calibrated").asBoolean(false),
          sockets,
          perSocket,
          perDie,
          perCluster,
          smt,
          count("lineBytes", 64, 128),
          transfers(matrix != null),
          matrix,
          ps("rmw"),
          ps("load"),
          ps("store"),
          ps("sharedRead"),
          ps("sharedReadFar"),
          ps("occupancy"),
          number("smtKernel", 1, 8),
          number("smtTight", 1, 8),
          number("snoopFraction", 0, 1),
          number("jitter", 0, 0.5),
          List.copyOf(origins));
    }

    /** What a file leaves out is as the next nearer level. */
    private List<Long> transfers(boolean optional) {
      long die = optional && !root.has("sameDie") ? 0 : ps("sameDie");
      long cluster = root.has("sameCluster") ? ps("sameCluster") : die;
      long crossDie = root.has("crossDie") ? ps("crossDie") : die;
      long crossSocket = root.has("crossSocket") ? ps("crossSocket") : crossDie;
      long sibling = root.has("sameCore") ? ps("sameCore") : 0;
      return List.of(sibling, cluster, die, crossDie, crossSocket);
    }

    private @Nullable List<List<Long>> matrix(int cores) {
      JsonNode rows = root.path("matrix");
      if (rows.isMissingNode()) {
        return null;
      }
      List<List<Long>> matrix = new ArrayList<>();
      for (JsonNode row : rows) {
        List<Long> times = new ArrayList<>();
        for (JsonNode cell : row) {
          times.add(Math.round(bounded("matrix", cell, 0, LONGEST_NS) * PS_PER_NS));
        }
        matrix.add(times);
      }
      if (matrix.size() != cores || matrix.stream().anyMatch(row -> row.size() != cores)) {
        throw new BadInputException(
            "%s: matrix must have a row and a column for each core: cores=%d"
                .formatted(source, cores));
      }
      return matrix;
    }

    private int count(String field, int least, int most) {
      JsonNode node = root.path(field);
      if (!node.isInt() || node.asInt() < least || node.asInt() > most) {
        throw new BadInputException(
            "%s: %s must be a whole number in [%d, %d]: %s"
                .formatted(source, field, least, most, node.isMissingNode() ? "none" : node));
      }
      return node.asInt();
    }

    private long ps(String field) {
      return Math.round(number(field, 0, LONGEST_NS) * PS_PER_NS);
    }

    private double number(String field, double least, double most) {
      JsonNode node = root.path(field);
      JsonNode value = node.isObject() ? node.path("value") : node;
      double number = bounded(field, value, least, most);
      String from = node.path("from").asText("said by the file");
      origins.add("%s = %s: %s".formatted(field, value.asText(), from));
      return number;
    }

    private double bounded(String field, JsonNode value, double least, double most) {
      double number = value.isNumber() ? value.asDouble() : Double.NaN;
      if (!(number >= least && number <= most)) {
        throw new BadInputException(
            "%s: %s must be a number in [%s, %s]: %s"
                .formatted(source, field, least, most, value.isMissingNode() ? "none" : value));
      }
      return number;
    }
  }
}
