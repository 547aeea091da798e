package dev.kretsim.probe;

/** Error numbers that the kernel returns for probes. */
public enum Errno {
  EPERM(1),
  ENOENT(2),
  E2BIG(7),
  ENOMEM(12),
  EBUSY(16),
  EEXIST(17),
  EINVAL(22),
  EILSEQ(84),
  EOPNOTSUPP(95),
  EADDRNOTAVAIL(99);

  private final int number;

  Errno(int number) {
    this.number = number;
  }

  /** The positive number; a kernel function returns it negated. */
  public int number() {
    return number;
  }
}
