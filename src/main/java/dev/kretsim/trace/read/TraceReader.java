package dev.kretsim.trace.read;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.CallConsumer;
import dev.kretsim.trace.CallMaker;
import dev.kretsim.trace.MovementConsumer;
import dev.kretsim.trace.Tally;
import dev.kretsim.trace.TraceFindings;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.calls.CallsFile;
import dev.kretsim.trace.calls.CallsParser;
import dev.kretsim.trace.pairing.Knowledge;
import dev.kretsim.trace.pairing.LineParser;
import dev.kretsim.trace.pairing.TimeOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trace as a stream of calls, in memory that depends on the tasks and functions in it but
 * not on its length (one bit for each call, where returns are missing).
 *
 * <p>One pass is enough for a trace in which each return has its entry and each entry its return or
 * its task inside to the end. Otherwise it is read again, now knowing who was inside at the start
 * and whose return is missing.
 */
public final class TraceReader {
  private final TraceSource source;
  private final @Nullable TraceFormat format;
  private final Workers workers;
  private final UnaryOperator<LineParser> parsers;
  private @Nullable Predicate<String> wanted;

  /**
   * @param format null: told by content
   */
  public TraceReader(TraceSource source, @Nullable TraceFormat format) {
    this(source, format, Workers.usual());
  }

  /** As above, with other than the usual workers. */
  public TraceReader(TraceSource source, @Nullable TraceFormat format, Workers workers) {
    this(source, format, workers, parser -> parser);
  }

  /**
   * As above.
   *
   * @param parsers what is done to the parser of each pass before it is used
   */
  TraceReader(
      TraceSource source,
      @Nullable TraceFormat format,
      Workers workers,
      UnaryOperator<LineParser> parsers) {
    this.workers = workers;
    this.source = source;
    this.format = format;
    this.parsers = parsers;
  }

  /**
   * Hands on the calls of some functions only, for which the same is found as if all were wanted.
   * Where names are known at the end only, calls of others may come too.
   *
   * @param functions their names; none: all
   * @return this
   */
  public TraceReader only(Collection<String> functions) {
    wanted = functions.isEmpty() ? null : Set.copyOf(functions)::contains;
    return this;
  }

  /**
   * What was read.
   *
   * @param consumer the one that received the calls in the last, informed pass
   */
  public record Reading<C>(C consumer, TraceFindings findings) {}

  /**
   * Reads the trace.
   *
   * @param consumers makes a receiver for each pass; that of the last counts
   * @throws BadInputException when the trace cannot be used
   */
  public <C extends CallConsumer> Reading<C> read(Supplier<C> consumers) {
    List<C> made = new ArrayList<>();
    TraceFindings findings =
        readMovements(
                () -> {
                  C consumer = consumers.get();
                  made.add(consumer);
                  return new CallMaker(consumer);
                })
            .findings();
    return new Reading<>(made.get(made.size() - 1), findings);
  }

  /** As above, without an object for each call. */
  public <C extends MovementConsumer> Reading<C> readMovements(Supplier<C> consumers) {
    if (CallsFile.isOne(source)) {
      C consumer = consumers.get();
      return new Reading<>(consumer, CallsFile.read(source, consumer));
    }
    Knowledge before = new Knowledge();
    TraceFormat.Pass pass = TraceFormat.Pass.FIRST;
    Runs runs = null;
    boolean several = source.parts().size() > 1;
    boolean ofOneRecording = false;
    while (true) {
      C consumer = consumers.get();
      TimeOrder order = new TimeOrder();
      Knowledge learned;
      TraceFindings findings;
      if (!several && runs == null) {
        order.refuseStepsBack();
      }
      try (TraceFiles files = TraceFiles.open(source)) {
        if (runs == null && !ofOneRecording) {
          files.lines().forEach(TraceLines::refuseRecordings);
        }
        TracePass lap = new TracePass(source, files.lines(), order, consumer, workers, runs);
        LineParser parser = parse(lap, order, before, pass);
        learned = parser.matcher().learned;
        findings = findings(lap, parser);
      } catch (CallsParser.OutOfOrder e) {
        pass = TraceFormat.Pass.SORTING;
        continue;
      } catch (TimeOrder.StepBack | TraceLines.AnotherRecording e) {
        if (several) {
          source.parts().forEach(this::checkOneRecording);
          ofOneRecording = true;
        } else {
          runs = runs(source);
        }
        before = new Knowledge();
        pass = TraceFormat.Pass.FIRST;
        continue;
      } catch (IOException e) {
        throw new BadInputException(source.name() + ": cannot be read: " + e.getMessage());
      }
      if (learned.sameAs(before)) {
        return new Reading<>(consumer, findings);
      }
      before = learned;
      pass = TraceFormat.Pass.INFORMED;
    }
  }

  private Runs runs(TraceSource file) {
    try {
      return Runs.of(
          file,
          format,
          found -> found.parser(new TimeOrder(), new Knowledge(), TraceFormat.Pass.FIRST));
    } catch (IOException e) {
      throw new BadInputException(file.name() + ": cannot be read: " + e.getMessage());
    }
  }

  /** Files are merged by time, in which the recordings of one file do not follow each other. */
  private void checkOneRecording(TraceSource file) {
    List<List<Run>> recordings = runs(file).recordings();
    if (recordings.size() > 1) {
      throw BadInputException.at(
          file.name(),
          recordings.get(1).get(0).linesBefore + 1,
          "another recording begins, or lines were left out; files that are merged must be of one"
              + " recording each: give this one alone, or its recordings as files of their own");
    }
  }

  private LineParser parse(
      TracePass lap, TimeOrder order, Knowledge before, TraceFormat.Pass pass) {
    return lap.run(
        format,
        found -> {
          LineParser parser = parsers.apply(found.parser(order, before, pass));
          if (wanted != null) {
            parser.only(wanted);
          }
          return parser;
        });
  }

  private TraceFindings findings(TracePass lap, LineParser parser) {
    List<String> functions = parser.functionNames();
    List<Long> unpaired = new ArrayList<>();
    List<Tally> tallies = new ArrayList<>();
    Tally whole = lap.tally();
    for (int function = 0; function < functions.size(); function++) {
      unpaired.add(parser.matcher().unpairedExits(function));
      List<String> events = parser.eventsOf(function);
      tallies.add(
          whole.with(
              events.isEmpty() ? whole.sources() : events,
              parser.matcher().entries(function),
              null));
    }
    return new TraceFindings(
        functions,
        unpaired,
        lap.possibleCpus(parser),
        parser.matcher().order.spanNs(),
        lap.remarks(parser),
        tallies);
  }
}
