package dev.kretsim.fleet;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.files.FileName;
import dev.kretsim.files.LimitReachedException;
import dev.kretsim.files.OutputFile;
import dev.kretsim.kernel.BadInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of hosts from before: found again by the content of their files and the question,
 * whatever the files are called. A run that was stopped goes on where it was.
 */
final class HostCache {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** To be raised where what is kept means something else than before. */
  private static final int FORM = 5;

  /** A digest in hexadecimal digits, and the end of its line. */
  private static final int SEAL_BYTES = 65;

  private static final int MOST_BYTES = 64 << 20;
  private static final int BUFFER = 1 << 16;

  private final Path folder;
  private final String version;
  private final FleetQuestion question;

  /**
   * @param version of this program: another one may find out something else
   * @throws BadInputException if there can be no such folder
   */
  HostCache(Path folder, FleetQuestion question, String version) {
    this.folder = folder;
    this.version = version;
    this.question = question;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new BadInputException(
          "--cache " + folder + ": no such folder can be made: " + FileName.reason(e));
    }
  }

  /** What is kept of that host, or else what is found out now. */
  HostResult known(Host host, Supplier<HostResult> otherwise) {
    // A pipe gives what it has once: it cannot be looked at first.
    if (!host.files().stream().allMatch(Files::isRegularFile)) {
      return otherwise.get();
    }
    Path file;
    try {
      file = folder.resolve(keyOf(host) + ".json");
    } catch (IOException unreadable) {
      return otherwise.get();
    }
    HostResult kept = kept(file);
    if (kept != null) {
      return new HostResult(host.name(), kept.functions(), kept.remarks(), kept.why());
    }
    HostResult found = otherwise.get();
    // A message names files, which may be called otherwise next time.
    if (found.why() == null) {
      keep(file, found);
    }
    return found;
  }

  /** Null where nothing is kept, or what is there is not what was written. */
  private static @Nullable HostResult kept(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
        return null;
      }
      byte[] all = Files.readAllBytes(file);
      byte[] content = Arrays.copyOfRange(all, Math.min(all.length, SEAL_BYTES), all.length);
      return Arrays.equals(all, sealed(content))
          ? MAPPER.readValue(content, HostResult.class)
          : null;
    } catch (IOException notThere) {
      return null;
    }
  }

  private void keep(Path file, HostResult found) {
    try {
      // Hosts with the same files share what is kept, so it names none of them.
      HostResult ofAny = new HostResult("", found.functions(), found.remarks(), found.why());
      byte[] sealed = sealed(MAPPER.writeValueAsBytes(ofAny));
      OutputFile.named(file.toString()).write(out -> out.write(sealed));
    } catch (BadInputException refused) {
      throw new BadInputException(
          "--cache " + folder + ": nothing can be kept there: " + refused.getMessage());
    } catch (IOException e) {
      throw new LimitReachedException(
          "--cache " + folder + ": cannot be written: " + FileName.reason(e));
    }
  }

  /** The content after a line by which damage to it is seen. */
  private static byte[] sealed(byte[] content) {
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    String digest = HexFormat.of().formatHex(sha256().digest(content));
    sealed.writeBytes((digest + "\n").getBytes(StandardCharsets.US_ASCII));
    sealed.writeBytes(content);
    return sealed.toByteArray();
  }

  private String keyOf(Host host) throws IOException {
    MessageDigest digest = sha256();
    digest.update(
        "%d %s %s %s"
            .formatted(
                FORM, version, question.plan(host.name()), question.known().told(host.name()))
            .getBytes(StandardCharsets.UTF_8));
    for (Path file : host.files()) {
      digest.update(
          "%s %d "
              .formatted(Snapshots.moment(file.toString()), Files.size(file))
              .getBytes(StandardCharsets.UTF_8));
      byte[] buffer = new byte[BUFFER];
      try (InputStream in = Files.newInputStream(file)) {
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
          digest.update(buffer, 0, length);
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
