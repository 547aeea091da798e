package dev.kretsim.scale;

import dev.kretsim.files.yaml.Field;
import dev.kretsim.files.yaml.Form;
import dev.kretsim.files.yaml.Forms;
import dev.kretsim.files.yaml.Section;
import dev.kretsim.files.yaml.Shape;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys of a machine's description; every time in it is in nanoseconds. */
final class MachineShape {
  private static final int MOST_CPUS = 4096;
  private static final double PS_PER_NS = 1000;
  private static final double LONGEST_NS = 1e6;

  /** Nothing takes no time: a loop of that would never end. */
  private static final double SHORTEST_NS = 0.001;

  private static final String UNTOLD = "said by the file";

  /** A number, and where it comes from. */
  private record Known(BigDecimal value, String from) {
    double number() {
      return value.doubleValue();
    }

    long picoseconds() {
      return Math.round(number() * PS_PER_NS);
    }
  }

  private static final Form<String> ANY_TEXT = Forms.text("", text -> text);

  private static final Field<String> FROM =
      Field.or(UNTOLD, "from", ANY_TEXT, "Where it comes from.");

  private static final Field<Boolean> CALIBRATED =
      yesOrNo("calibrated", "Whether the numbers were held against a contended throughput.");

  private static final Field<Boolean> PAIRED_LINES =
      yesOrNo("pairedLines", "Whether a miss also brings the other line of an aligned pair.");

  private static final Field<Long> LINES_AHEAD =
      Field.or(0L, "linesAhead", Forms.whole(0, 8), "Lines behind it that a miss also brings.");

  private static final Field<Long> SOCKETS = count("sockets", 1, 64, "Sockets.");
  private static final Field<Long> PER_SOCKET =
      count("coresPerSocket", 1, MOST_CPUS, "Cores of a socket.");
  private static final Field<Long> PER_DIE =
      count("coresPerDie", 1, MOST_CPUS, "Cores of a die, or of whatever shares a cache.");
  private static final Field<Long> PER_CLUSTER =
      count("coresPerCluster", 1, MOST_CPUS, "Cores that are nearer still; 1 for none.");
  private static final Field<Long> SMT = count("smt", 1, 8, "Hyperthreads of a core.");
  private static final Field<Long> LINE_BYTES =
      count("lineBytes", 64, 128, "Of a cache line: 64 or 128.");

  private static final Field<Known> SAME_CORE =
      Field.optional("sameCore", time(), "A line to and fro between hyperthreads of a core.");
  private static final Field<Known> SAME_CLUSTER =
      Field.optional("sameCluster", time(), "A line between cores of a cluster.");
  private static final Field<Known> SAME_DIE =
      Field.optional("sameDie", time(), "A line between cores of a die.");
  private static final Field<Known> CROSS_DIE =
      Field.optional("crossDie", time(), "A line between dies of a socket.");
  private static final Field<Known> CROSS_SOCKET =
      Field.optional("crossSocket", time(), "A line between sockets.");
  private static final Field<Known> RMW =
      Field.required("rmw", known(SHORTEST_NS, LONGEST_NS), "An exchange on a line of its own.");
  private static final Field<Known> LOAD =
      Field.required("load", known(SHORTEST_NS, LONGEST_NS), "A load.");
  private static final Field<Known> STORE =
      Field.required("store", known(SHORTEST_NS, LONGEST_NS), "A store.");
  private static final Field<Known> SHARED_READ =
      Field.required("sharedRead", time(), "A read of a line that others read.");
  private static final Field<Known> SHARED_READ_FAR =
      Field.required("sharedReadFar", time(), "The same from another socket.");
  private static final Field<Known> OCCUPANCY =
      Field.required("occupancy", time(), "For how long such a read keeps the next one waiting.");
  private static final Field<Known> SMT_KERNEL =
      Field.required("smtKernel", known(1, 8), "How much slower, beside a busy hyperthread.");
  private static final Field<Known> SMT_TIGHT =
      Field.required("smtTight", known(1, 8), "The same in a tight loop.");
  private static final Field<Known> SNOOP =
      Field.required("snoopFraction", known(0, 1), "The part of a transfer that loses the line.");
  private static final Field<Known> JITTER =
      Field.required("jitter", known(0, 0.5), "Transfers vary by this part, up and down.");

  /** In the order in which reports list them. */
  private static final List<Field<Known>> NUMBERS =
      List.of(
          SAME_DIE,
          SAME_CLUSTER,
          CROSS_DIE,
          CROSS_SOCKET,
          SAME_CORE,
          RMW,
          LOAD,
          STORE,
          SHARED_READ,
          SHARED_READ_FAR,
          OCCUPANCY,
          SMT_KERNEL,
          SMT_TIGHT,
          SNOOP,
          JITTER);

  private static final Field<List<List<BigDecimal>>> MATRIX =
      Field.optional(
          "matrix",
          Forms.list(MOST_CPUS, Forms.list(MOST_CPUS, Forms.number(0, LONGEST_NS))),
          "A line between each two cores; stands for the levels.");

  private final Section in;

  private MachineShape(Section in) {
    this.in = in;
  }

  private static Field<Boolean> yesOrNo(String name, String about) {
    return Field.or(
        false,
        name,
        Forms.choice(
            List.of("true", "false"),
            text ->
                text.equals("true") || text.equals("false")
                    ? Optional.of(text.equals("true"))
                    : Optional.empty()),
        about);
  }

  private static Field<Long> count(String name, int least, int most, String about) {
    return Field.required(name, Forms.whole(least, most), about);
  }

  private static Form<Known> time() {
    return known(0, LONGEST_NS);
  }

  private static Form<Known> known(double least, double most) {
    Field<BigDecimal> value = Field.required("value", Forms.number(least, most), "The number.");
    return Forms.either(
        Forms.number(least, most),
        number -> new Known(number, UNTOLD),
        Shape.of(
            "A number with where it comes from.",
            List.of(value, FROM),
            in -> new Known(in.get(value), in.get(FROM))));
  }

  /**
   * The shape of a file.
   *
   * @param otherwise what the machine is called where the file does not say it
   */
  static Shape<Machine> called(String otherwise) {
    Field<String> name = Field.or(otherwise, "name", ANY_TEXT, "What it is called.");
    List<Field<?>> counts =
        List.of(
            name,
            CALIBRATED,
            SOCKETS,
            PER_SOCKET,
            PER_DIE,
            PER_CLUSTER,
            SMT,
            LINE_BYTES,
            PAIRED_LINES,
            LINES_AHEAD);
    return Shape.of(
        "A machine: its cores, and what a memory access costs on it, in nanoseconds.",
        Stream.of(counts, NUMBERS, List.<Field<?>>of(MATRIX))
            .<Field<?>>flatMap(List::stream)
            .toList(),
        in -> new MachineShape(in).machine(in.get(name)));
  }

  private Machine machine(String name) {
    int sockets = count(SOCKETS, 64);
    int perSocket = count(PER_SOCKET, MOST_CPUS);
    int smt = count(SMT, 8);
    if ((long) sockets * perSocket * smt > MOST_CPUS) {
      throw in.problem("CPUs in all must be <= " + MOST_CPUS);
    }
    int perDie = count(PER_DIE, perSocket);
    requireEven(PER_DIE, perDie, PER_SOCKET, perSocket);
    int perCluster = count(PER_CLUSTER, perDie);
    requireEven(PER_CLUSTER, perCluster, PER_DIE, perDie);
    int lineBytes = count(LINE_BYTES, 128);
    if (Integer.bitCount(lineBytes) != 1) {
      throw in.problem(LINE_BYTES, "lineBytes must be 64 or 128: " + lineBytes);
    }
    List<List<Long>> matrix = matrix(sockets * perSocket);
    return new Machine(
        name,
        in.get(CALIBRATED),
        sockets,
        perSocket,
        perDie,
        perCluster,
        smt,
        lineBytes,
        in.get(PAIRED_LINES),
        count(LINES_AHEAD, 8),
        transfers(matrix != null),
        matrix,
        ps(RMW),
        ps(LOAD),
        ps(STORE),
        ps(SHARED_READ),
        ps(SHARED_READ_FAR),
        ps(OCCUPANCY),
        in.get(SMT_KERNEL).number(),
        in.get(SMT_TIGHT).number(),
        in.get(SNOOP).number(),
        in.get(JITTER).number(),
        origins());
  }

  private void requireEven(Field<Long> part, int parts, Field<Long> whole, int of) {
    if (of % parts != 0) {
      throw in.problem(
          part, "%s must divide %s=%d: %d".formatted(part.name(), whole.name(), of, parts));
    }
  }

  private int count(Field<Long> field, int most) {
    long count = in.get(field);
    if (count > most) {
      throw in.problem(field, "%s must be in [1, %d]: %d".formatted(field.name(), most, count));
    }
    return (int) count;
  }

  private long ps(Field<Known> field) {
    return in.get(field).picoseconds();
  }

  private long ps(Field<Known> field, long otherwise) {
    return in.find(field).map(Known::picoseconds).orElse(otherwise);
  }

  /** What a file leaves out is as the next nearer level. */
  private List<Long> transfers(boolean optional) {
    if (!optional && !in.has(SAME_DIE)) {
      throw in.problem("sameDie is missing, and there is no matrix: " + SAME_DIE.about());
    }
    long die = ps(SAME_DIE, 0);
    long cluster = ps(SAME_CLUSTER, die);
    long crossDie = ps(CROSS_DIE, die);
    long crossSocket = ps(CROSS_SOCKET, crossDie);
    return List.of(ps(SAME_CORE, 0), cluster, die, crossDie, crossSocket);
  }

  private @Nullable List<List<Long>> matrix(int cores) {
    if (!in.has(MATRIX)) {
      return null;
    }
    List<List<Long>> matrix = new ArrayList<>();
    for (List<BigDecimal> row : in.find(MATRIX).orElseThrow()) {
      matrix.add(row.stream().map(cell -> Math.round(cell.doubleValue() * PS_PER_NS)).toList());
    }
    if (matrix.size() != cores || matrix.stream().anyMatch(row -> row.size() != cores)) {
      throw in.problem(MATRIX, "matrix must have a row and a column for each core: cores=" + cores);
    }
    return matrix;
  }

  private List<String> origins() {
    List<String> origins = new ArrayList<>();
    for (Field<Known> field : NUMBERS) {
      in.find(field)
          .ifPresent(
              known ->
                  origins.add("%s = %s: %s".formatted(field.name(), known.value(), known.from())));
    }
    return List.copyOf(origins);
  }
}
