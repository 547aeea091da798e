package dev.kretsim.scale;

import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.interleave.Access;
import dev.kretsim.memory.interleave.Interleaving;
import dev.kretsim.scale.Line.Origin;
import dev.kretsim.scale.Line.Request;
import dev.kretsim.scale.Processor.Stop;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Caches that are kept coherent: requests for a line are served one at a time, in the order in
 * which they came.
 *
 * <p>A store that misses goes to the store buffer. Its value is there at once and its line follows,
 * so others see it up to one transfer early; a read-modify-write first waits for the buffer.
 *
 * <p>Whoever has a line when a request for it begins to be served loses it after a part of the
 * transfer. If the request has had to wait for its turn, it is at the owner's already, and the
 * owner makes the access that it wanted the line for, and no other.
 */
final class Coherence implements Memory.Factory {
  /** Far more than waiting for a lock takes behind every other CPU of the largest machine. */
  private static final int MOST_ACCESSES = 1 << 16;

  private final Machine machine;
  private final Topology topology;
  private final EventQueue events;
  private final boolean early;
  private final SplittableRandom transfers;
  private final int processors;
  private final double smtSlowdown;
  private final Lines lines;
  private final Prefetcher prefetcher;
  final Interleaving interleaving;

  /** Where the pool's list head is, if it has one. */
  @Nullable Memory headMemory;

  int headWord;
  long accesses;

  Coherence(
      Machine machine,
      Workload workload,
      EventQueue events,
      int processors,
      Interleaving interleaving,
      boolean early,
      SplittableRandom random) {
    this.machine = machine;
    this.topology = new Topology(machine);
    this.events = events;
    this.interleaving = interleaving;
    this.early = early;
    this.transfers = random;
    this.processors = processors;
    this.lines = new Lines(machine.lineBytes() / Long.BYTES, workload.sharing().nodesPerLine());
    this.prefetcher = new Prefetcher(machine, lines, this::request);
    this.smtSlowdown = workload.kernelPath() ? machine.smtKernel() : machine.smtTight();
  }

  @Override
  public Memory create(Layout layout) {
    Memory memory = interleaving.create(layout);
    lines.add(layout);
    if (headMemory == null) {
      for (Map.Entry<Integer, String> reservation : layout.reservations().entrySet()) {
        if (headMemory == null && reservation.getValue().endsWith("head")) {
          headMemory = memory;
          headWord = reservation.getKey();
        }
      }
    }
    return memory;
  }

  /** Those that were wanted up to now. */
  List<Line> lines() {
    return lines.made().toList();
  }

  /** Slower while the other hyperthread of the core does not wait. */
  long shared(Processor by, long time) {
    Processor sibling = by.sibling;
    return sibling == null || sibling.stalled ? time : Math.round(time * smtSlowdown);
  }

  /** Makes an access pass if it can be made now and without others; notes why not, if not. */
  boolean passes(Processor by, Access.Kind kind, int memory, int word, long first, long second) {
    Line line = lines.of(memory, word);
    boolean passed = passes(by, line, kind, memory, word, first, second);
    if (!passed) {
      by.before = line;
      by.toWrite = kind.writes();
    }
    return passed;
  }

  private boolean passes(
      Processor by, Line line, Access.Kind kind, int memory, int word, long first, long second) {
    if (by.clock > events.earliest() && !(early && hitsWhateverComes(by, line, kind))) {
      by.stop = Stop.NOT_YET;
      return false;
    }
    if (++by.accesses > MOST_ACCESSES) {
      throw new IllegalArgumentException(
          "no pop or push may take more than %d accesses; this one goes on for ever or starves: %s"
              .formatted(MOST_ACCESSES, kind));
    }
    long value = interleaving.value(memory, word);
    boolean fails = kind == Access.Kind.COMPARE_AND_EXCHANGE && value != first;
    return makes(by, line, kind, kind.possible(value, first, second), fails);
  }

  /**
   * Whether an access may be made although others come before it: it finds its line here whatever
   * they do, as nobody can take the line away before that. So most accesses to lines that few want
   * need no stop, and the order in which lines are asked for is as without this.
   */
  private boolean hitsWhateverComes(Processor by, Line line, Access.Kind kind) {
    long earliest = events.earliest();
    if (by.clock >= earliest + topology.soonestLoss
        || !line.atRest()
        || kind.waits()
        || kind.atomic() && !by.stores.isEmpty()) {
      return false;
    }
    boolean here =
        kind.writes() ? line.ownedBy(by.cpu, by.clock) : line.readableBy(by.cpu, by.clock);
    return here
        && (line.wantedBy == by.cpu
            || Math.max(line.lockedUntil, line.busyUntil) <= earliest
                && by.clock < soonestOf(by.sibling, earliest) + topology.soonestLossToSibling);
  }

  /** When a hyperthread can next ask for a line. */
  private static long soonestOf(@Nullable Processor sibling, long earliest) {
    if (sibling == null) {
      return Long.MAX_VALUE / 2;
    }
    return sibling.stores.isEmpty() ? Math.max(earliest, sibling.due) : earliest;
  }

  /** The processor is to go on at a time. */
  void resume(Processor by, long at) {
    by.due = at;
    events.add(at, by.id);
  }

  /** One method, and too long to be compiled anew wherever it is called, which took seconds. */
  private boolean makes(
      Processor by, Line line, Access.Kind kind, boolean possible, boolean fails) {
    long now = by.clock;
    if (!kind.writes()) {
      if (!by.granted && !line.readableBy(by.cpu, now) && !by.storing(line)) {
        by.stop = Stop.ELSEWHERE;
        return false;
      }
      by.granted = false;
      if (!possible) {
        by.stop = Stop.WATCHING;
        return false;
      }
      proceed(line, now);
      by.clock += shared(by, machine.load());
      accesses++;
      return true;
    }
    if (!kind.atomic()) {
      if (line.ownedBy(by.cpu, now)) {
        wake(line, now);
        proceed(line, now);
      } else if (!by.storing(line)) {
        if (by.stores.size() == Processor.MOST_STORES) {
          by.stop = Stop.DRAINING;
          return false;
        }
        by.stores.add(line);
        if (by.stores.size() == 1) {
          request(line, new Request(by, true, Origin.STORE_BUFFER, now), now);
        }
      }
      by.clock += shared(by, machine.store());
      accesses++;
      return true;
    }
    if (!by.stores.isEmpty()) {
      by.stop = Stop.DRAINING;
      return false;
    }
    if (line.lockedBy == by.cpu && line.lockedUntil == now) {
      // Who waits for the exchange that has just ended goes first: otherwise an owner that spins
      // on exchanges would lock everybody else out.
      proceed(line, now);
    }
    if (!line.ownedBy(by.cpu, now)) {
      by.stop = Stop.ELSEWHERE;
      return false;
    }
    by.clock += shared(by, machine.rmw());
    line.lockedFrom = now;
    line.lockedUntil = by.clock;
    line.lockedBy = by.cpu;
    wake(line, now);
    proceed(line, now);
    if (fails) {
      by.failures++;
    }
    accesses++;
    return true;
  }

  private void wake(Line line, long now) {
    if (!line.watchers.isEmpty()) {
      List<Processor> woken = List.copyOf(line.watchers);
      line.watchers.clear();
      for (Processor watcher : woken) {
        line.stalled += Math.max(0, now - watcher.watchingSince);
        if (line.readableBy(watcher.cpu, now)) {
          resume(watcher, now);
        } else {
          request(line, new Request(watcher, false, Origin.ACCESS, now), now);
        }
      }
    }
  }

  /** The processor has stopped in front of an access: arranges for it to go on. */
  void block(Processor by) {
    Line line = Objects.requireNonNull(by.before);
    switch (by.stop) {
      case NOT_YET -> resume(by, by.clock);
      case ELSEWHERE -> {
        by.stalled = true;
        request(line, new Request(by, by.toWrite, Origin.ACCESS, by.clock), by.clock);
      }
      case WATCHING -> {
        by.stalled = true;
        by.watchingSince = by.clock;
        line.watchers.add(by);
        proceed(line, by.clock);
      }
      case DRAINING -> {
        by.stalled = true;
        by.draining = true;
      }
    }
  }

  private void request(Line line, Request request, long now) {
    line.wanted(request.processor().cpu);
    line.queue.add(request);
    proceed(line, now);
  }

  /**
   * Serves the next request as of when the line is free for it: ahead of that time, for nothing can
   * come in between. Only where other lines follow must it be looked at again in due time.
   */
  private void proceed(Line line, long now) {
    while (line.served == null && !line.queue.isEmpty()) {
      long free = line.freeFrom(now);
      if (free > now && line.first != Line.ALONE) {
        if (!line.alarmSet) {
          line.alarmSet = true;
          events.add(free, 2 * processors + line.number);
        }
        return;
      }
      serve(line, line.queue.remove(), free);
    }
  }

  private void serve(Line line, Request request, long now) {
    Processor to = request.processor();
    boolean write = request.write();
    boolean held = line.sharers.get(to.cpu);
    long cost = line.move(topology, to.cpu, write);
    long varied =
        cost == 0
            ? 0
            : Math.round(
                cost * (1 - machine.jitter() + 2 * machine.jitter() * transfers.nextDouble()));
    if (request.from() == Origin.ACCESS) {
      line.stalled += now + varied - request.since();
    }
    if (!write && line.owner == Line.NOBODY) {
      line.sharers.set(to.cpu);
      line.busyUntil = now + (cost == 0 ? 0 : machine.occupancy());
      if (request.from() == Origin.PREFETCH) {
        line.asking.clear(to.cpu);
        return;
      }
      to.granted = true;
    } else {
      line.served = request;
      boolean waited = request.since() < now;
      line.lostAt =
          write && line.owner != to.cpu
              ? now + (waited ? 0 : Math.round(varied * machine.snoop()))
              : Long.MAX_VALUE;
    }
    if (request.from() == Origin.ACCESS) {
      resume(to, now + varied);
    } else {
      events.add(now + varied, awaiting(request, line));
    }
    if (cost > 0 && !held && request.from() != Origin.PREFETCH) {
      prefetcher.fetched(line, request, now);
    }
  }

  private int awaiting(Request request, Line line) {
    return switch (request.from()) {
      case ACCESS -> request.processor().id;
      case STORE_BUFFER -> processors + request.processor().id;
      case PREFETCH -> -1 - line.number;
    };
  }

  /** A line has come that only a cache asked for. */
  void prefetched(int number, long now) {
    Line line = lines.numbered(number);
    Request served = Objects.requireNonNull(line.served);
    int cpu = served.processor().cpu;
    line.asking.clear(cpu);
    line.hand(cpu, served.write());
    proceed(line, now);
  }

  /** A line whose time was up is free for the next request. */
  void alarm(int number, long now) {
    Line line = lines.numbered(number);
    line.alarmSet = false;
    proceed(line, now);
  }

  /** A buffered store has got its line. */
  void drained(Processor by, long now) {
    Line line = by.stores.remove();
    line.hand(by.cpu, true);
    wake(line, now);
    proceed(line, now);
    Line next = by.stores.peek();
    if (next != null) {
      request(next, new Request(by, true, Origin.STORE_BUFFER, now), now);
    } else if (by.draining) {
      by.draining = false;
      resume(by, now);
    }
  }

  /** If the processor was being served, the line is its own now. */
  void arrived(Processor by) {
    Line line = Objects.requireNonNull(by.before);
    Request served = line.served;
    if (served != null && served.processor() == by && served.from() == Origin.ACCESS) {
      line.hand(by.cpu, served.write());
      by.granted = !served.write();
    }
  }
}
