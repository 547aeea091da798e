package dev.kretsim.console;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** The version and the commit that the jar's manifest names. */
public final class ManifestVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {words(ManifestVersion.class.getPackage().getImplementationVersion())};
  }

  /**
   * Tells a version.
   *
   * @param version with the commit behind a plus sign, or with something that starts with a dollar
   *     sign where the sources came without their history; null where classes lie in no jar
   */
  static String words(@Nullable String version) {
    if (version == null) {
      return "kretsim (not packaged)";
    }
    int plus = version.indexOf('+');
    if (plus < 0 || version.startsWith("$", plus + 1)) {
      return "kretsim " + (plus < 0 ? version : version.substring(0, plus));
    }
    return "kretsim "
        + version.substring(0, plus)
        + " (commit "
        + version.substring(plus + 1)
        + ")";
  }
}
