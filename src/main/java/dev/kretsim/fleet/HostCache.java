package dev.kretsim.fleet;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.files.OutputFile;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.plan.PlanQuestion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;

/**
 * What is known of hosts from before: found again by the content of their files and the question,
 * whatever the files are called. A run that was stopped goes on where it was.
 */
final class HostCache {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** To be raised where what is kept means something else than before. */
  private static final int FORM = 1;

  private static final int BUFFER = 1 << 16;

  private final Path folder;
  private final PlanQuestion question;

  /**
   * @throws BadInputException if there can be no such folder
   */
  HostCache(Path folder, PlanQuestion question) {
    this.folder = folder;
    this.question = question;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new BadInputException(
          "--cache " + folder + ": no such folder can be made: " + e.getMessage());
    }
  }

  /** What is kept of that host, or else what is found out now. */
  HostResult known(Host host, Supplier<HostResult> otherwise) {
    Path kept;
    try {
      kept = folder.resolve(keyOf(host) + ".json");
      if (Files.exists(kept)) {
        HostResult known = MAPPER.readValue(kept.toFile(), HostResult.class);
        return new HostResult(host.name(), known.functions(), known.why());
      }
    } catch (IOException unreadable) {
      return otherwise.get();
    }
    HostResult found = otherwise.get();
    // A message names files, which may be called otherwise next time.
    if (found.why() == null) {
      try {
        OutputFile.named(kept.toString()).write(out -> MAPPER.writeValue(out, found));
      } catch (IOException e) {
        throw new BadInputException("--cache " + folder + ": cannot be written: " + e.getMessage());
      }
    }
    return found;
  }

  private String keyOf(Host host) throws IOException {
    MessageDigest digest = sha256();
    digest.update((FORM + " " + question).getBytes(StandardCharsets.UTF_8));
    for (Path file : host.files()) {
      digest.update((byte) 0);
      byte[] buffer = new byte[BUFFER];
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        while (in.read(buffer) >= 0) {
          // The digest takes what is read.
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
