package dev.kretsim.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.read.TraceReader;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Packed traces read as plain ones, also several behind each other and out of a pipe. */
class PackedTest {
  private enum Packer {
    GZIP {
      @Override
      OutputStream pack(OutputStream out) throws IOException {
        return new GZIPOutputStream(out);
      }
    },
    XZ {
      @Override
      OutputStream pack(OutputStream out) throws IOException {
        return new XZOutputStream(out, new LZMA2Options(1));
      }
    },
    ZSTD {
      @Override
      OutputStream pack(OutputStream out) throws IOException {
        return new ZstdOutputStream(out);
      }
    };

    abstract OutputStream pack(OutputStream out) throws IOException;

    byte[] packed(String text) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (OutputStream out = pack(bytes)) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      return bytes.toByteArray();
    }
  }

  /** Gives a byte at a time and never says that more is ready. */
  private static InputStream pipe(byte[]... members) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] member : members) {
      all.writeBytes(member);
    }
    return new ByteArrayInputStream(all.toByteArray()) {
      @Override
      public synchronized int read(byte[] bytes, int offset, int length) {
        return super.read(bytes, offset, Math.min(1, length));
      }

      @Override
      public synchronized int available() {
        return 0;
      }
    };
  }

  private static String calls(InputStream in) {
    try (TraceSource source = TraceSource.of("-", in)) {
      return CallsOf.told(new TraceReader(source, null).read(CallsOf::new).consumer());
    }
  }

  @ParameterizedTest
  @EnumSource(Packer.class)
  void severalMembersOutOfAPipeAreOneTrace(Packer packer) {
    InputStream in =
        pipe(packer.packed("1000,3000,1,f\n"), packer.packed("4000,6000,1,f\n"), packer.packed(""));
    assertThat(calls(in)).isEqualTo("+0.1@1 -0.1@3 +0.1@4 -0.1@6");
  }

  @ParameterizedTest
  @EnumSource(Packer.class)
  void aCutOffOneIsSaidToBe(Packer packer) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      text.append(10 * i).append(',').append(10 * i + i % 7).append(",1,f\n");
    }
    byte[] whole = packer.packed(text.toString());
    for (int length : new int[] {whole.length / 2, whole.length - 6}) {
      assertThatThrownBy(() -> calls(pipe(Arrays.copyOf(whole, length))))
          .as("%d of %d", length, whole.length)
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining(
              "the " + packer.name().toLowerCase(Locale.ROOT) + " stream ends early");
    }
  }

  @ParameterizedTest
  @EnumSource(Packer.class)
  void aDamagedOneIsRefused(Packer packer) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      text.append(10 * i).append(',').append(10 * i + i % 7).append(",1,f\n");
    }
    byte[] damaged = packer.packed(text.toString());
    for (int i = damaged.length / 2; i < damaged.length / 2 + 40; i++) {
      damaged[i] ^= 0x55;
    }
    assertThatThrownBy(() -> calls(pipe(damaged)))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("-:");
  }

  @Test
  void standardInputIsKeptNoFurtherThanItWasRead() throws IOException {
    int[] given = {0};
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            given[0]++;
            return 'x';
          }
        };
    try (Spool spool = new Spool(endless)) {
      assertThat(spool.open().readNBytes(8)).hasSize(8);
      assertThat(spool.open().readNBytes(10)).hasSize(10);
      assertThat(given[0]).isEqualTo(10);
    }
  }

  @Test
  void twoReadingsOfStandardInputDoNotDisturbEachOther() throws IOException {
    try (Spool spool = new Spool(pipe("abcdef".getBytes(StandardCharsets.UTF_8)))) {
      InputStream one = spool.open();
      InputStream other = spool.open();
      assertThat(one.readNBytes(3)).asString().isEqualTo("abc");
      assertThat(other.readNBytes(5)).asString().isEqualTo("abcde");
      assertThat(one.readNBytes(9)).asString().isEqualTo("def");
      assertThat(other.readNBytes(9)).asString().isEqualTo("f");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, (1 << 20) - 1, 1 << 20, (2 << 20) + 5, 5_000_000})
  void whatComesThroughAPipeIsTheSameAgainWhereverItWasKept(int length) throws IOException {
    byte[] bytes = new byte[length];
    new SplittableRandom(length).nextBytes(bytes);
    try (Spool spool = new Spool(pipe(bytes), 2 << 20)) {
      for (int i = 0; i < 3; i++) {
        assertThat(spool.open().readNBytes(i < 2 ? length / 2 : length))
            .isEqualTo(i < 2 ? Arrays.copyOf(bytes, length / 2) : bytes);
      }
      assertThat(spool.open().readAllBytes()).isEqualTo(bytes);
      assertThat(spool.isOnDisk()).isEqualTo(length > 2 << 20);
    }
  }
}
