package dev.kretsim.cli;

/** How a command prints its result. */
enum Out {
  TABLE,
  JSON
}
