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

  /** Which of the kretprobe's instances this is, from 0. */
  public int number() {
    return number;
  }

  /** The kretprobe it belongs to: {@code get_kretprobe}. */
  public Kretprobe kretprobe() {
    return registration.kretprobe();
  }

  /**
   * {@code ri->ret_addr}. In a return handler, the function's caller; where several kretprobes are
   * on one function and the kernel uses rethooks, all but the newest see the trampoline.
   */
  public long returnAddress() {
    return returnAddress;
  }

  /** The task whose call it follows, by number. */
  public int pid() {
    return pid;
  }

  /** A little-endian word of the data, at {@code offset} bytes; within {@code dataSize}. */
  public long dataWord(int offset) {
    return (long) LONG.get(data, offset);
  }

  /** Sets a word of the data. */
  public void setDataWord(int offset, long value) {
    LONG.set(data, offset, value);
  }

  public Registration registration() {
    return registration;
  }

  public void returnAddress(long address) {
    returnAddress = address;
  }

  public void hijacked(long address, long ofFrame) {
    returnAddress = address;
    frame = ofFrame;
  }

  /** {@code ri->fp}: which activation of the function it follows. */
  public long frame() {
    return frame;
  }

  /** Marks it as held by a call; false if another holds it already, which breaks law L3. */
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
