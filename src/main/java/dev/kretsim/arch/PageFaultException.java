package dev.kretsim.arch;

/** An access to an address where nothing is mapped, or nothing that may be written. */
public final class PageFaultException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final long address;
  private final boolean write;

  public PageFaultException(long address, boolean write) {
    super("page fault: address=0x%x %s".formatted(address, write ? "write" : "read"));
    this.address = address;
    this.write = write;
  }

  public long address() {
    return address;
  }

  public boolean write() {
    return write;
  }
}
