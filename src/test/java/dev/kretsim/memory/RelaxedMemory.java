package dev.kretsim.memory;

/** Broken: releases nothing. */
public final class RelaxedMemory extends ForwardingMemory {
  public RelaxedMemory(Memory behind) {
    super(behind);
  }

  @Override
  public void setRelease(int word, long value) {
    setOpaque(word, value);
  }
}
