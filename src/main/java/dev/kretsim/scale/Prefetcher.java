package dev.kretsim.scale;

import dev.kretsim.scale.Line.Origin;
import dev.kretsim.scale.Line.Request;

/**
 * What caches ask for of their own accord. Whoever fetches a line also gets those behind it, and
 * with each of them the other of its pair: as he wants the line itself, to read, or to write. Each
 * of them is one that somebody has used.
 *
 * <p><b>Source.</b> Intel 64 and IA-32 Architectures Optimization Reference Manual, data
 * prefetching to the L2.
 */
final class Prefetcher {
  /** Where requests for lines go. */
  @FunctionalInterface
  interface Requests {
    void add(Line line, Request request, long now);
  }

  private final Machine machine;
  private final Lines lines;
  private final Requests requests;

  Prefetcher(Machine machine, Lines lines, Requests requests) {
    this.machine = machine;
    this.lines = lines;
    this.requests = requests;
  }

  void fetched(Line line, Request cause, long now) {
    pairOf(line, line, cause, now);
    Line behind = lines.behind(line);
    for (int left = machine.linesAhead(); left > 0 && behind != null; left--) {
      ask(behind, line, cause, now);
      pairOf(behind, line, cause, now);
      behind = lines.behind(behind);
    }
  }

  private void pairOf(Line line, Line fetched, Request cause, long now) {
    Line pair = machine.pairedLines() ? lines.pairOf(line) : null;
    if (pair != null) {
      ask(pair, fetched, cause, now);
    }
  }

  private void ask(Line line, Line fetched, Request cause, long now) {
    Processor by = cause.processor();
    boolean write = cause.write();
    if (line != fetched
        && line.owner != by.cpu
        && (write || !line.sharers.get(by.cpu))
        && !line.asking.get(by.cpu)) {
      line.asking.set(by.cpu);
      requests.add(line, new Request(by, write, Origin.PREFETCH, now), now);
    }
  }
}
