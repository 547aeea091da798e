package dev.kretsim.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.lz4.Lz4Compressor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams in lz4's old frame, as kernels are packed, read as what was packed. */
class UnpackedTest {
  private static final int BLOCK = 8 << 20;

  private static byte[] plain(int size) {
    byte[] plain = new byte[size];
    new Random(size).nextBytes(plain);
    Arrays.fill(plain, size / 2, size, (byte) 'x'); // half of it packs well
    return plain;
  }

  private static byte[] packed(byte[] plain) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(word(Lz4Legacy.MAGIC));
    Lz4Compressor codec = new Lz4Compressor();
    for (int at = 0; at < plain.length; at += BLOCK) {
      int count = Math.min(BLOCK, plain.length - at);
      byte[] block = new byte[codec.maxCompressedLength(count)];
      int size = codec.compress(plain, at, count, block, 0, block.length);
      all.writeBytes(word(size));
      all.write(block, 0, size);
    }
    return all.toByteArray();
  }

  private static byte[] word(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private static byte[] read(byte[] packed) throws IOException {
    return Unpacked.of(new ByteArrayInputStream(packed)).readAllBytes();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, BLOCK, BLOCK + 1})
  void whatWasPackedComesOut(int size) throws IOException {
    assertThat(read(packed(plain(size)))).isEqualTo(plain(size));
  }

  @Test
  void aSecondFrameGoesOnWhereTheFirstEnded() throws IOException {
    byte[] frame = packed(plain(1000));
    byte[] two = Arrays.copyOf(frame, 2 * frame.length);
    System.arraycopy(frame, 0, two, frame.length, frame.length);
    assertThat(read(two)).hasSize(2000);
  }

  @Test
  void aCutStreamIsToldFromADamagedOne() {
    byte[] frame = packed(plain(1000));
    assertThatThrownBy(() -> read(Arrays.copyOf(frame, frame.length - 1)))
        .isInstanceOf(Unpacked.DamagedException.class)
        .hasMessage("the lz4 stream ends early: the file was cut off; copy it again");
    byte[] huge = frame.clone();
    huge[7] = 0x7f; // the block's size
    assertThatThrownBy(() -> read(huge))
        .isInstanceOf(Unpacked.DamagedException.class)
        .hasMessageStartingWith("damaged lz4 data");
  }
}
