package dev.kretsim.console;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.jar.Attributes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** The version and the commit that the jar's manifest names. */
public final class ManifestVersion implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    String version = ManifestVersion.class.getPackage().getImplementationVersion();
    if (version == null) {
      return new String[] {"kretsim (not packaged)"};
    }
    String commit = commit();
    return new String[] {"kretsim " + version + (commit == null ? "" : " (commit " + commit + ")")};
  }

  /** Null where the sources came without their history: the build then puts no name there. */
  private static @Nullable String commit() throws IOException {
    URL here = ManifestVersion.class.getResource("ManifestVersion.class");
    if (here != null && here.openConnection() instanceof JarURLConnection) {
      Attributes attributes =
          ((JarURLConnection) here.openConnection()).getManifest().getMainAttributes();
      String commit = attributes.getValue("Commit");
      return commit == null || commit.startsWith("$") ? null : commit;
    }
    return null;
  }
}
