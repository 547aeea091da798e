package dev.kretsim.console;

/** How a command prints its result. */
public enum Out {
  TABLE,
  JSON
}
