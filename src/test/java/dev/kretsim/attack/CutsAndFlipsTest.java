package dev.kretsim.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Inputs of every format and kind, cut, flipped and put together anew: {@code plan} answers or
 * refuses with one line. The seed is printed; {@code -Dkretsim.attack.seed=SEED} repeats it.
 */
class CutsAndFlipsTest {
  private static final long SEED =
      Long.getLong("kretsim.attack.seed", System.currentTimeMillis() / 1000);

  private static final int LONGEST = 8 * 1024;
  private static final int MOST_COMPLAINTS = 8;
  private static final byte[] ODD =
      "[]()|:.,- \t\r\n\0/*;{}<>=+@#_0123456789xs&^\u001b".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  @Test
  void areReadOrRefused() throws Exception {
    attack(200);
  }

  @Test
  @Tag("soak")
  void areReadOrRefusedForLonger() throws Exception {
    attack(5000);
  }

  private void attack(int count) throws Exception {
    System.out.printf("cuts and flips: %d with -Dkretsim.attack.seed=%d%n", count, SEED);
    List<byte[]> inputs = inputs();
    Workplace place = new Workplace(folder);
    List<String> complaints = new ArrayList<>();
    for (int i = 0; i < count && complaints.size() < MOST_COMPLAINTS; i++) {
      SplittableRandom random = new SplittableRandom(SEED * 1_000_003 + i);
      String file = place.write("damaged", damaged(inputs, random)).toString();
      String complaint = Attack.of(commandLine(random, file)).complaint(place);
      if (complaint != null) {
        complaints.add("%n#%d %s".formatted(i, complaint));
      }
    }
    assertThat(complaints).as("seed %d", SEED).isEmpty();
  }

  private static List<String> commandLine(SplittableRandom random, String file) {
    return switch (random.nextInt(4)) {
      case 0 -> List.of("plan", file, "--rate", "1000/s", "--calls", "200");
      case 1 -> List.of("plan", file, "--maxactive", "4");
      default -> List.of("plan", file, "--out", "json");
    };
  }

  private static List<byte[]> inputs() throws IOException, URISyntaxException {
    List<byte[]> inputs = new ArrayList<>();
    for (String room : List.of("/trace-formats", "/trace-kinds")) {
      Path top = Path.of(Objects.requireNonNull(CutsAndFlipsTest.class.getResource(room)).toURI());
      try (Stream<Path> files = Files.walk(top)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          byte[] bytes = Files.readAllBytes(file);
          inputs.add(Arrays.copyOf(bytes, Math.min(bytes.length, LONGEST)));
        }
      }
    }
    assertThat(inputs).hasSizeGreaterThan(40);
    return inputs;
  }

  private static byte[] damaged(List<byte[]> inputs, SplittableRandom random) {
    byte[] bytes = one(inputs, random);
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      bytes = damaged(bytes, inputs, random);
    }
    return bytes;
  }

  private static byte[] one(List<byte[]> inputs, SplittableRandom random) {
    return inputs.get(random.nextInt(inputs.size()));
  }

  private static byte[] damaged(byte[] bytes, List<byte[]> inputs, SplittableRandom random) {
    int at = random.nextInt(bytes.length + 1);
    int to = at + random.nextInt(bytes.length - at + 1);
    byte[] head = Arrays.copyOf(bytes, at);
    byte[] middle = Arrays.copyOfRange(bytes, at, to);
    byte[] tail = Arrays.copyOfRange(bytes, to, bytes.length);
    return switch (random.nextInt(8)) {
      case 0 -> head;
      case 1 -> joined(middle, tail);
      case 2 -> joined(head, tail);
      case 3 -> joined(head, middle, middle, tail);
      case 4 -> joined(bytes, one(inputs, random));
      case 5 -> joined(head, new byte[] {ODD[random.nextInt(ODD.length)]}, middle, tail);
      default -> flipped(bytes, random);
    };
  }

  private static byte[] flipped(byte[] bytes, SplittableRandom random) {
    byte[] flipped = bytes.clone();
    for (int n = random.nextInt(1, 20); n > 0 && flipped.length > 0; n--) {
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
