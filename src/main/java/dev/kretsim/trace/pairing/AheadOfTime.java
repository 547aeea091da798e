package dev.kretsim.trace.pairing;

import java.util.Arrays;

/** Calls whose returns are known ahead of their time, the earliest first: a binary heap. */
final class AheadOfTime {
  private OpenCall[] heap = new OpenCall[16];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  /** When the earliest returns. */
  long firstNs() {
    return heap[0].exitNs;
  }

  void add(OpenCall call) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    up(call, size++);
  }

  /** Takes the earliest. */
  OpenCall poll() {
    OpenCall first = heap[0];
    take(first);
    return first;
  }

  /** Takes a call out; false if it is not here. */
  boolean remove(OpenCall call) {
    if (call.ahead < 0) {
      return false;
    }
    take(call);
    return true;
  }

  private void take(OpenCall call) {
    int at = call.ahead;
    call.ahead = -1;
    OpenCall last = heap[--size];
    if (last != call) {
      if (at > 0 && isBefore(last, heap[(at - 1) / 2])) {
        up(last, at);
      } else {
        down(last, at);
      }
    }
  }

  /** Among equal ones the order of the objects, so that it is the same each time. */
  private static boolean isBefore(OpenCall one, OpenCall other) {
    return one.exitNs < other.exitNs || (one.exitNs == other.exitNs && one.slot < other.slot);
  }

  private void up(OpenCall call, int from) {
    int at = from;
    while (at > 0 && isBefore(call, heap[(at - 1) / 2])) {
      put(heap[(at - 1) / 2], at);
      at = (at - 1) / 2;
    }
    put(call, at);
  }

  private void down(OpenCall call, int from) {
    int at = from;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isBefore(heap[child], call)) {
        break;
      }
      put(heap[child], at);
      at = child;
    }
    put(call, at);
  }

  private void put(OpenCall call, int at) {
    heap[at] = call;
    call.ahead = at;
  }
}
