package dev.kretsim.fleet;

import java.nio.file.Path;
import java.util.List;

/**
 * A machine of the fleet.
 *
 * @param files what was recorded there, in the order of their names; several are one trace
 */
public record Host(String name, List<Path> files) {
  public Host {
    files = List.copyOf(files);
  }
}
