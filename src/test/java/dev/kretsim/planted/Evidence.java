package dev.kretsim.planted;

import java.util.Locale;

/** What may find a planted bug. */
public enum Evidence {
  CONTRACT,
  EXPLORER,
  JCSTRESS,
  LINCHECK,
  LAWS;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
