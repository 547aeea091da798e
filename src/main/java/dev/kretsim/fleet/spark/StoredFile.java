package dev.kretsim.fleet.spark;

import dev.kretsim.trace.TraceSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;

/**
 * A file of a store, read from its beginning as often as a plan needs.
 *
 * <p>What a store fails to give is not the trace's fault: it ends the task, so that Spark tries it
 * again, and does not count as a damaged trace. Only a permission that is missing does.
 */
record StoredFile(String name, Configuration configuration) implements TraceSource.Opener {
  TraceSource source() {
    return TraceSource.of(shown(), this);
  }

  /** As people write it: a file of this machine by its path alone. */
  private String shown() {
    URI uri = URI.create(name);
    return "file".equals(uri.getScheme())
        ? uri.getPath()
        : uri.getScheme()
            + "://"
            + (uri.getAuthority() == null ? "" : uri.getAuthority())
            + uri.getPath();
  }

  @Override
  public InputStream open() throws IOException {
    Path path = new Path(URI.create(name));
    try {
      return new Reported(path.getFileSystem(configuration).open(path));
    } catch (AccessDeniedException | AccessControlException denied) {
      throw denied;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private UncheckedIOException failed(IOException e) {
    return new UncheckedIOException(shown() + ": " + e.getMessage(), e);
  }

  private final class Reported extends FilterInputStream {
    Reported(InputStream in) {
      super(in);
    }

    @Override
    public int read() {
      try {
        return in.read();
      } catch (IOException e) {
        throw failed(e);
      }
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
      try {
        return in.read(bytes, from, length);
      } catch (IOException e) {
        throw failed(e);
      }
    }

    @Override
    public long skip(long length) {
      try {
        return in.skip(length);
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }
}
