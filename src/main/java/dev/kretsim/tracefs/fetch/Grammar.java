package dev.kretsim.tracefs.fetch;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.probe.Errno;

/**
 * What of the grammar differs from kernel to kernel.
 *
 * <p>5.10, 6.1, 6.12 and 7.3 were compared with recordings; 5.4 and 5.14 follow 5.10 where nothing
 * else is known.
 *
 * @param arch names the registers
 * @param namesEventsOfGroup whether {@code r:GROUP/ f} gets an event name of its own
 * @param parameterNames whether parameters go by name and have types: BTF arguments
 * @param argumentsOnReturn whether a return probe can show {@code $argN}, kept from the entry
 * @param limitsArguments whether more than 128 arguments are refused; before, the rest is ignored
 * @param explainsLimits whether that refusal is in the error log, and deep nesting is refused early
 * @param typecasts whether there are typecasts, {@code $current} and per-CPU reads
 * @param strictTypeOfComm whether a wrong type of {@code $comm} is in the error log
 * @param unknownSymbol what the writer gets for a symbol that is not there
 * @param ambiguousSymbol what the writer gets for a symbol that is there several times
 */
public record Grammar(
    Arch arch,
    boolean namesEventsOfGroup,
    boolean parameterNames,
    boolean argumentsOnReturn,
    boolean limitsArguments,
    boolean explainsLimits,
    boolean typecasts,
    boolean strictTypeOfComm,
    Errno unknownSymbol,
    Errno ambiguousSymbol) {
  /** What an event, an argument or a field may be called. */
  public static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";

  /** {@code MAX_TRACE_ARGS}. */
  public static final int MOST_ARGUMENTS = 128;

  /** {@code PARAM_MAX_STACK}: words of a kernel stack. */
  static final int MOST_STACK_WORDS = 2048;

  /** Where the first of two signs stands in a text; -1 if neither does. */
  public static int firstOf(String text, char one, char other) {
    int first = text.indexOf(one);
    int second = text.indexOf(other);
    return first < 0 || second >= 0 && second < first ? second : first;
  }

  /** What that kernel takes. */
  public static Grammar of(KernelVersion kernel, Arch arch) {
    boolean from60 = kernel.compareTo(KernelVersion.V6_0) >= 0;
    boolean from612 = kernel.compareTo(KernelVersion.V6_12) >= 0;
    boolean from73 = kernel.compareTo(KernelVersion.V7_3) >= 0;
    return new Grammar(
        arch,
        from60,
        from612,
        from612,
        from612,
        from73,
        from73,
        from612,
        from612 ? Errno.EINVAL : Errno.ENOENT,
        from612 ? Errno.EINVAL : Errno.EADDRNOTAVAIL);
  }
}
