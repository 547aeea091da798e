package dev.kretsim.planted;

/** What may find a planted bug. */
public enum Evidence {
  /** The test of what a single CPU is promised. */
  CONTRACT("contract test"),
  /** Schedules, access by access. */
  EXPLORER("explorer"),
  /** Races on real memory. */
  JCSTRESS("jcstress"),
  /** Linearizability, by model checking. */
  LINCHECK("Lincheck"),
  /** Real threads, and the laws of the machine at the end. */
  LAWS("end-of-run laws");

  private final String label;

  Evidence(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
