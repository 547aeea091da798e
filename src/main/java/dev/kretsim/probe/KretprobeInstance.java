package dev.kretsim.probe;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What follows one call from entry to return: {@code struct kretprobe_instance}.
 *
 * <p>Owned by one call at a time; handlers use it while they run and keep no reference. Its data is
 * zero when registered and never cleared between calls, as in the kernel.
 */
public final class KretprobeInstance {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final Registration registration;
  private final int number;
  private final byte[] data;
  private long returnAddress;
  private long frame;
  private int pid;
  private boolean held;

  KretprobeInstance(Registration registration, int number, int dataSize) {
    this.registration = registration;
    this.number = number;
    this.data = new byte[dataSize];
  }

  /** {@return which of the kretprobe's instances this is, from 0} */
  public int number() {
    return number;
  }

  /** {@return the kretprobe it belongs to: {@code get_kretprobe}} */
  public Kretprobe kretprobe() {
    return registration.kretprobe();
  }

  /**
   * {@return the return address of the call, {@code ri->ret_addr}: in a return handler, the
   * function's caller; where several kretprobes are on one function and the kernel uses rethooks,
   * all but the newest see the trampoline}
   */
  public long returnAddress() {
    return returnAddress;
  }

  /** {@return the number of the task whose call it follows} */
  public int pid() {
    return pid;
  }

  /**
   * {@return a little-endian word of the data}
   *
   * @param offset in bytes; the word's 8 bytes lie within {@code dataSize}
   */
  public long dataWord(int offset) {
    return (long) LONG.get(data, offset);
  }

  /**
   * Sets a word of the data.
   *
   * @param offset in bytes; the word's 8 bytes lie within {@code dataSize}
   * @param value what it holds afterwards
   */
  public void setDataWord(int offset, long value) {
    LONG.set(data, offset, value);
  }

  /** {@return the registration that made it} */
  public Registration registration() {
    return registration;
  }

  /**
   * Sets what {@link #returnAddress()} returns.
   *
   * @param address where the function returns to
   */
  public void returnAddress(long address) {
    returnAddress = address;
  }

  /**
   * Remembers the call that it follows from now on.
   *
   * @param address where the function returns to
   * @param ofFrame which activation of the function that is, for {@link #frame}
   */
  public void hijacked(long address, long ofFrame) {
    returnAddress = address;
    frame = ofFrame;
  }

  /** {@return which activation of the function it follows: {@code ri->fp}} */
  public long frame() {
    return frame;
  }

  /**
   * Marks it as held by a call.
   *
   * @param holder the number of the task that makes the call
   * @return false if another call holds it already, which breaks law L3
   */
  public boolean take(int holder) {
    boolean free = !held;
    held = true;
    pid = holder;
    return free;
  }

  /** Marks it as free, just before it goes back to its pool. */
  public void putBack() {
    held = false;
  }

  boolean held() {
    return held;
  }
}
