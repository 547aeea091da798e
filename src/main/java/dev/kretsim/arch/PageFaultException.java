package dev.kretsim.arch;

/** An access to an address where nothing is mapped, or nothing that may be written. */
public final class PageFaultException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final long address;
  private final boolean write;

  /**
   * Makes the exception.
   *
   * @param address the first byte that was asked for
   * @param write whether it was to be written
   */
  public PageFaultException(long address, boolean write) {
    super("page fault: address=0x%x %s".formatted(address, write ? "write" : "read"));
    this.address = address;
    this.write = write;
  }

  /** {@return the first byte that was asked for} */
  public long address() {
    return address;
  }

  /** {@return whether it was to be written} */
  public boolean write() {
    return write;
  }
}
