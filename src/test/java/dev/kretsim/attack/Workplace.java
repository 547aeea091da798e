package dev.kretsim.attack;

import dev.kretsim.workload.script.ScriptReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder with one input of each kind, and what is in it at any time. */
final class Workplace {
  static final String SCENARIO =
      """
      kernel: "6.12"
      arch: x86_64
      cpus: 2
      time: virtual
      seed: 1
      functions:
        - name: outer
          body: [spin 300ns, call inner, sleep lognormal(p50=80us,p99=4ms)]
          returns: 42
        - name: inner
          body: [spin 50ns]
      probes:
        - kretprobe: outer
          maxactive: 2
          data_size: 8
          entry_handler: decline every 7
        - kprobe: inner
          offset: 0
      load:
        - tasks: 6
          comm: reader
          call: outer
          calls: 10
          think: exponential(mean=1ms)
      events:
        - at: 2ms
          do: disable outer
        - at: 4ms
          do: enable outer
      """;

  private final Path folder;
  private final Map<String, byte[]> originals = new HashMap<>();

  Workplace(Path folder) throws IOException {
    this.folder = folder;
    StringBuilder calls = new StringBuilder("entry_ns,exit_ns,task,function\n");
    for (int i = 0; i < 60; i++) {
      int entry = i * 100;
      calls.append("%d,%d,t%d,f%d\n".formatted(entry, entry + 350, i % 5, i % 2));
    }
    write("calls.csv", calls.toString());
    StringBuilder events = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      String in = "f_in: (f+0x4/0x100)";
      String out = "f_out: (c+0x9/0x90 <- f) arg1=0";
      events.append(
          "%16s-%d     [00%d] .....   1.%06d: %s\n"
              .formatted("w", 100 + i % 3, i % 2, 10 * i, i / 3 % 2 == 0 ? in : out));
    }
    write("events.txt", events.toString());
    write("before.prof", "  f_out   100   0\n");
    write("after.prof", "  f_out  1100   100\n");
    write(
        "hist.txt",
        """
        @usecs:
        [1]                   12 |@@@@                                                |
        [2, 4)                40 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
        [4, 8)                 9 |@@@                                                 |
        """);
    write("scenario.yaml", SCENARIO);
    write("holds.txt", "80us\n100us\n2ms\n");
    write("lines.txt", "p:a vfs_read\nr4:b vfs_read\n-:a\nr1a f\n");
    write("script.txt", ScriptReader.builtInText());
    copy("/scale/published.json", "published.json");
    copy("/dev/kretsim/scale/laptop2.yaml", "machine.yaml");
    Files.createDirectory(folder.resolve("hosts"));
    write("hosts/a.csv", calls.toString());
    write("hosts/b.csv", calls.toString());
    write("known.csv", "host,maxactive,rate,kernel\na,6,20k/s,6.1\nb,,,\n");
    copy("/oracle/cases/exhaust_n10_m16.json", "case.json");
    copy("/samples/mixed-graph.txt.gz", "graph.txt.gz");
    copy("/samples/nanosleep-bursts.txt", "graph.txt");
    Files.createDirectory(folder.resolve("folder"));
    for (String name : contents().keySet()) {
      originals.put(name, Files.readAllBytes(folder.resolve(name)));
    }
  }

  private void copy(String resource, String name) throws IOException {
    try (var in = Workplace.class.getResourceAsStream(resource)) {
      Files.write(folder.resolve(name), Objects.requireNonNull(in, resource).readAllBytes());
    }
  }

  Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  /** What a file held at the beginning. */
  byte[] original(String name) {
    return Objects.requireNonNull(originals.get(name), name).clone();
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** Every file with what is in it. */
  Map<String, String> contents() {
    try (Stream<Path> files = Files.walk(folder)) {
      Map<String, String> hashes = new TreeMap<>();
      files
          .filter(Files::isRegularFile)
          .forEach(file -> hashes.put(folder.relativize(file).toString(), hash(file)));
      return hashes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(Path file) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Removes what an attack wrote. */
  void remove(String name) {
    try {
      Files.deleteIfExists(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
