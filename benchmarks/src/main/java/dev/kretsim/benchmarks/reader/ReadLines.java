package dev.kretsim.benchmarks.reader;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file line by line into strings and does nothing with them. */
public final class ReadLines {
  private ReadLines() {}

  public static void main(String[] arguments) throws IOException {
    long length = 0;
    try (BufferedReader reader =
        Files.newBufferedReader(Path.of(arguments[0]), StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        length += line.length();
      }
    }
    System.out.println(length);
  }
}
