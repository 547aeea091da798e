package dev.kretsim.console;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest names. */
public final class ManifestVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = ManifestVersion.class.getPackage().getImplementationVersion();
    return new String[] {"kretsim " + (version == null ? "(not packaged)" : version)};
  }
}
