package dev.kretsim.probe;

import dev.kretsim.arch.PtRegs;
import org.jspecify.annotations.Nullable;

/**
 * A probe on the entry and the return of a function: {@code struct kretprobe}.
 *
 * <p>Each call that is to be followed to its return takes one of {@code maxactive} instances; with
 * none left, the call is missed and {@link #nmissed} counts it.
 */
public final class Kretprobe {
  /** Runs when a followed call returns. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Handles the return of a followed call.
     *
     * @param instance which followed the call
     * @param regs as the function leaves them: {@link PtRegs#returnValue} is what it returns
     */
    void handle(KretprobeInstance instance, PtRegs regs);
  }

  /** Runs when a call has got an instance, before its return address is replaced. */
  @FunctionalInterface
  public interface EntryHandler {
    /**
     * Decides whether to follow a call.
     *
     * @param instance which would follow the call
     * @param regs as they are at the function's entry
     * @return 0 to follow the call; anything else declines it: the instance goes straight back and
     *     the return address is left alone
     */
    int handle(KretprobeInstance instance, PtRegs regs);
  }

  private final Kprobe kp = new Kprobe(this);
  private @Nullable Handler handler;
  private @Nullable EntryHandler entryHandler;
  private int maxactive;
  private int dataSize;
  private @Nullable Registration registration;

  /**
   * {@return a kretprobe on the named function, with the kernel's default {@code maxactive}}
   *
   * @param symbolName the function
   */
  public static Kretprobe on(String symbolName) {
    Kretprobe probe = new Kretprobe();
    probe.kp.symbolName(symbolName);
    return probe;
  }

  /**
   * Sets what runs at a return. Without one, instances are taken and given back all the same.
   *
   * @param onReturn null for none
   * @return this
   */
  public Kretprobe handler(@Nullable Handler onReturn) {
    handler = onReturn;
    return this;
  }

  /**
   * Sets what decides at an entry whether to follow the call.
   *
   * @param onEntry null to follow all
   * @return this
   */
  public Kretprobe entryHandler(@Nullable EntryHandler onEntry) {
    entryHandler = onEntry;
    return this;
  }

  /**
   * Sets how many calls can be followed at once. Zero or less asks for the kernel's default, which
   * registration writes back.
   *
   * @param instances at most 2^24
   * @return this
   */
  public Kretprobe maxactive(int instances) {
    maxactive = instances;
    return this;
  }

  /**
   * Sets how many bytes of data each instance carries from entry to return.
   *
   * @param bytes in {@code [0, 4096]}
   * @return this
   */
  public Kretprobe dataSize(int bytes) {
    dataSize = bytes;
    return this;
  }

  /** {@return the embedded entry probe: place, flags and its own {@code nmissed}} */
  public Kprobe kp() {
    return kp;
  }

  /**
   * {@return how many calls can be followed at once; since registration what the kernel made of it}
   */
  public int maxactive() {
    return maxactive;
  }

  /** {@return how many bytes of data each instance carries from entry to return} */
  public int dataSize() {
    return dataSize;
  }

  /**
   * {@return how many calls got no instance, as the kernel's counter shows them: exact under the
   * lock of the hlist pool, possibly too low in the lock-free versions; 0 again at each
   * registration}
   */
  public long nmissed() {
    return registration == null ? 0 : registration.nmissed();
  }

  /**
   * {@return the instances and exact counts of the current or last registration}
   *
   * @throws IllegalStateException if it was never registered
   */
  public Registration registration() {
    if (registration == null) {
      throw new IllegalStateException("never registered: kretprobe on " + kp.symbolName());
    }
    return registration;
  }

  /** {@return what runs at a return, or null} */
  public @Nullable Handler handler() {
    return handler;
  }

  /** {@return what decides at an entry whether to follow the call, or null} */
  public @Nullable EntryHandler entryHandler() {
    return entryHandler;
  }

  /**
   * What registration does last.
   *
   * @param current the instances and counts from now on
   */
  public void registered(Registration current) {
    registration = current;
  }
}
