package dev.kretsim.probe;

/**
 * What became of the calls of one registered kretprobe, exactly.
 *
 * @param entries calls of the function while the probe was enabled
 * @param handled followed to their return
 * @param declined by the entry handler
 * @param missed for want of a free instance
 * @param nested made by a handler of the same CPU, so not followed
 * @param nmi made in an NMI, where kernels before 5.10 follow no calls
 * @param stillInside followed and not returned yet
 * @param flushed followed until their task died inside
 * @param orphaned returned after the kretprobe was unregistered
 * @param free instances in the pool
 */
public record Tally(
    long entries,
    long handled,
    long declined,
    long missed,
    long nested,
    long nmi,
    long stillInside,
    long flushed,
    long orphaned,
    int free) {}
