package dev.kretsim.files;

import dev.kretsim.kernel.BadInputException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import org.jspecify.annotations.Nullable;

/**
 * What will become an {@link OutputFile} once it is whole. Closed without {@link #commit}, it
 * leaves no trace.
 */
public final class Draft implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final OutputPlace place;
  private final FileChannel channel;
  private final Temporaries.@Nullable Temporary named;

  Draft(OutputPlace place) {
    this.place = place;
    try {
      named = place.isFile() ? place.temporary() : null;
      channel = named == null ? Scratch.open() : named.channel();
    } catch (IOException problem) {
      throw place.failed(problem);
    }
  }

  /**
   * Begins anew: what was written before is dropped.
   *
   * @return where to write to; throws {@link LimitReachedException} where it cannot be written
   */
  public OutputStream begin() {
    try {
      channel.truncate(0);
      return new BufferedOutputStream(new Body(), BUFFER);
    } catch (IOException problem) {
      throw place.failed(problem);
    }
  }

  /** How many bytes are written. */
  public long size() {
    try {
      return channel.size();
    } catch (IOException problem) {
      throw place.failed(problem);
    }
  }

  /**
   * Puts what was written where it was asked for.
   *
   * @throws LimitReachedException if it cannot be written
   * @throws BadInputException if the file has come to be in the meantime, and must not be replaced
   */
  public void commit() {
    try {
      if (named == null) {
        passOn();
      } else {
        channel.force(true);
        place.take(named.path());
      }
    } catch (FileAlreadyExistsException taken) {
      throw place.existsAlready();
    } catch (IOException problem) {
      throw place.failed(problem);
    }
  }

  private void passOn() throws IOException {
    try (OutputStream out = place.open()) {
      ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
      for (long at = 0; channel.read(bytes, at) > 0; at += bytes.limit(), bytes.clear()) {
        bytes.flip();
        out.write(bytes.array(), 0, bytes.limit());
      }
      out.flush();
    } catch (IOException problem) {
      // A reader that has seen enough is no error.
      if (!FileName.isBrokenPipe(problem)) {
        throw problem;
      }
    }
  }

  @Override
  public void close() {
    try {
      if (named != null) {
        Temporaries.remove(named.path());
      }
      channel.close();
    } catch (IOException problem) {
      throw place.failed(problem);
    }
  }

  /** Writes to the channel, which stays open; a failure is that of this machine. */
  private final class Body extends OutputStream {
    private final OutputStream out = Channels.newOutputStream(channel);

    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      try {
        out.write(bytes, from, length);
      } catch (IOException problem) {
        throw place.failed(problem);
      }
    }
  }
}
