package dev.kretsim.probe;

import dev.kretsim.arch.Instruction;

/**
 * What the kernel has made ready for a registered probe.
 *
 * @param instruction that is probed
 * @param address where it lies: behind an ENDBR64, if the function starts with one
 * @param flavour how hits get here now
 * @param detourBytes bytes of the whole instructions that a jump could replace; 0 if none can
 */
public record Preparation(
    Instruction instruction, long address, Flavour flavour, int detourBytes) {}
