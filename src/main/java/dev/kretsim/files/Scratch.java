package dev.kretsim.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Room on the disk for what must be read again, in the folder for temporary files. */
public final class Scratch {
  private Scratch() {}

  /**
   * A file without a name, so that nothing stays behind whatever ends the command.
   *
   * @throws LimitReachedException if there is no room
   */
  public static FileChannel open() {
    try {
      Temporaries.Temporary file = Temporaries.create(folder(), true);
      Temporaries.remove(file.path());
      return file.channel();
    } catch (IOException problem) {
      throw full(problem);
    }
  }

  /**
   * Writes as {@link FileChannel#write(ByteBuffer, long)} does.
   *
   * @throws LimitReachedException if there is no room
   */
  public static int write(FileChannel file, ByteBuffer bytes, long at) {
    try {
      return file.write(bytes, at);
    } catch (IOException problem) {
      throw full(problem);
    }
  }

  private static Path folder() {
    return Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
  }

  private static LimitReachedException full(IOException problem) {
    return new LimitReachedException(
        "no temporary file in %s: %s; java -Djava.io.tmpdir=DIR names another folder"
            .formatted(folder(), FileName.reason(problem)));
  }
}
