package dev.kretsim.kernel;

/**
 * A function in the kernel's text.
 *
 * @param name as in kallsyms
 * @param address of its first byte
 * @param size in bytes
 * @param traceable whether ftrace has a site at its entry
 * @param entryProbe where a probe on its entry lands: its address, or behind an ENDBR64
 */
public record Symbol(String name, long address, int size, boolean traceable, long entryProbe) {
  boolean contains(long at) {
    return at >= address && at < address + size;
  }
}
