package dev.kretsim.explain;

import org.jspecify.annotations.Nullable;

/**
 * One thing that a step shows.
 *
 * @param name what it is: a register, a field, a place
 * @param before what it was; null if nothing has changed
 * @param now what it is after the step
 */
public record Fact(String name, @Nullable Value before, Value now) {
  static Fact of(String name, Value now) {
    return new Fact(name, null, now);
  }

  static Fact of(String name, String words) {
    return of(name, new Value.Words(words));
  }

  static Fact count(String name, long before, long now) {
    return change(name, new Value.Count(before), new Value.Count(now));
  }

  /** A change, or the plain value where there is none. */
  static Fact change(String name, Value before, Value now) {
    return new Fact(name, before.equals(now) ? null : before, now);
  }
}
