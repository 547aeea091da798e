package dev.kretsim.cli.spark;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Files of this machine, each of which cannot be opened at first. */
public final class FlakyStore extends RawLocalFileSystem {
  static final Map<String, Integer> OPENED = new ConcurrentHashMap<>();

  static volatile int failures;

  @Override
  public URI getUri() {
    return URI.create("flaky:///");
  }

  @Override
  public String getScheme() {
    return "flaky";
  }

  @Override
  public FSDataInputStream open(Path path, int buffer) throws IOException {
    if (OPENED.merge(path.getName(), 1, Integer::sum) <= failures) {
      throw new IOException("the store is busy");
    }
    return super.open(path, buffer);
  }
}
