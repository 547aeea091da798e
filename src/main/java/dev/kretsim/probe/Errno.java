package dev.kretsim.probe;

/** Error numbers that the kernel returns for probes. */
public enum Errno {
  /** Operation not permitted. */
  EPERM(1),
  /** No such symbol. */
  ENOENT(2),
  /** Too large: {@code maxactive} or {@code dataSize}. */
  E2BIG(7),
  /** Out of memory. */
  ENOMEM(12),
  /** In use. */
  EBUSY(16),
  /** Already there. */
  EEXIST(17),
  /** Invalid argument. */
  EINVAL(22),
  /** Illegal byte sequence: what is there is a trap itself. */
  EILSEQ(84),
  /** Not supported. */
  EOPNOTSUPP(95),
  /** Address not available. */
  EADDRNOTAVAIL(99);

  private final int number;

  Errno(int number) {
    this.number = number;
  }

  /** {@return the positive number; a kernel function returns it negated} */
  public int number() {
    return number;
  }
}
