package dev.kretsim.trace;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Excerpts of what each tool prints, in the test resources. */
public final class Samples {
  private Samples() {}

  public static Path file(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(Samples.class.getResource("/trace-formats/" + name), name)
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String text(String name) {
    try {
      return Files.readString(file(name), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static TraceSource source(Path... files) {
    List<String> names = Arrays.stream(files).map(Path::toString).toList();
    return TraceSource.of(names, InputStream.nullInputStream());
  }

  public static TraceSource source(String name) {
    return source(file(name));
  }
}
