package dev.kretsim.trace.pairing;

import dev.kretsim.trace.text.NameTable;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The functions whose calls are wanted, told by their names and kept by their numbers. */
public final class Wanted {
  /** All of them. */
  public static final Wanted ALL = new Wanted(new NameTable(), null);

  private static final byte UNKNOWN = 0;
  private static final byte YES = 1;
  private static final byte NO = 2;

  private final NameTable names;
  private final @Nullable Predicate<String> test;
  private byte[] known = new byte[16];

  /**
   * @param names by number
   * @param test which of them are wanted; null: all
   */
  public Wanted(NameTable names, @Nullable Predicate<String> test) {
    this.names = names;
    this.test = test;
  }

  boolean isOne(int function) {
    if (test == null) {
      return true;
    }
    if (function >= known.length) {
      known = Arrays.copyOf(known, 2 * function);
    }
    if (known[function] == UNKNOWN) {
      known[function] = test.test(names.name(function)) ? YES : NO;
    }
    return known[function] == YES;
  }
}
