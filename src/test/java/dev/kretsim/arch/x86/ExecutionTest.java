package dev.kretsim.arch.x86;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.arch.AddressSpace;
import dev.kretsim.arch.FlatMemory;
import dev.kretsim.arch.InstructionSet;
import dev.kretsim.arch.PageFaultException;
import dev.kretsim.arch.PtRegs;
import dev.kretsim.arch.UnsupportedInstructionException;
import dev.kretsim.arch.choice.Arch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Instructions change registers, flags and memory as a real processor did: {@code
 * executions.txt.gz} was recorded by {@code executions.c}, whose inputs are derived here once more.
 */
class ExecutionTest {
  private static final long BUFFER = 0x1000_0000L;
  private static final long CODE = 0xffff_ffff_8100_0000L;
  private static final List<String> NAMES =
      List.of(
          "ax", "cx", "dx", "bx", "sp", "bp", "si", "di", "r8", "r9", "r10", "r11", "r12", "r13",
          "r14", "r15");
  private static final String DIVIDE_ERROR = "!";

  /** An instruction, and what it changed for each input. */
  private record Form(String text, byte[] code, long mask, char kind, List<String> outcomes) {}

  private static List<Form> forms = List.of();

  @BeforeAll
  static void readRecording() throws IOException {
    List<Form> read = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    ExecutionTest.class.getResourceAsStream("/x86/executions.txt.gz")),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("> ")) {
          String[] field = line.split(" ", 5);
          byte[] code = HexFormat.of().parseHex(field[1]);
          long mask = Long.parseLong(field[2], 16);
          read.add(new Form(field[4], code, mask, field[3].charAt(0), new ArrayList<>()));
        } else {
          read.get(read.size() - 1).outcomes().add(line);
        }
      }
    }
    forms = read;
  }

  @Test
  void everyInstructionDoesWhatTheProcessorDid() {
    List<String> disagreements = new ArrayList<>();
    int executions = 0;
    for (int number = 0; number < forms.size(); number++) {
      Form form = forms.get(number);
      for (int k = 0; k < form.outcomes().size(); k++) {
        String outcome = new Execution(number * 1000L + k, form.kind()).outcome(form);
        executions++;
        if (!outcome.equals(form.outcomes().get(k))) {
          disagreements.add(
              "%s, input %d: %s instead of %s"
                  .formatted(form.text(), k, outcome, form.outcomes().get(k)));
        }
      }
    }
    assertThat(disagreements).isEmpty();
    assertThat(forms.size()).isGreaterThan(1200);
    assertThat(executions).isGreaterThan(14_000);
  }

  @Test
  void anotherInputHasAnotherOutcome() {
    int different = 0;
    for (int number = 0; number < forms.size(); number++) {
      Form form = forms.get(number);
      String outcome = new Execution(number * 1000L + 999, form.kind()).outcome(form);
      different += outcome.equals(form.outcomes().get(0)) ? 0 : 1;
    }
    assertThat(different).isGreaterThan(forms.size() / 2);
  }

  @Test
  void aFaultLeavesEverythingAsItWas() {
    int faults = 0;
    SplittableRandom random = new SplittableRandom(1);
    for (int number = 0; number < forms.size(); number++) {
      Form form = forms.get(number);
      boolean repeats = form.text().startsWith("rep ");
      Execution execution = new Execution(number * 1000L, form.kind());
      long[] before = execution.regs.save();
      byte[] bytes = execution.buffer.clone();
      boolean readable = random.nextBoolean();
      FlatMemory memory = new FlatMemory();
      if (readable) {
        memory.mapReadOnly(BUFFER, execution.buffer);
      }
      try {
        execution.run(form, memory);
      } catch (PageFaultException fault) {
        faults++;
        assertThat(fault.write() || !readable).as(form.text()).isTrue();
        assertThat(execution.regs.save()).as(form.text()).isEqualTo(before);
        assertThat(execution.buffer).as(form.text()).isEqualTo(bytes);
        continue;
      } catch (UnsupportedInstructionException divideError) {
        assertThat(execution.regs.save()).as(form.text()).isEqualTo(before);
        continue;
      }
      assertThat(repeats || execution.regs.instructionPointer() == CODE + form.code().length)
          .as(form.text())
          .isTrue();
    }
    assertThat(faults).isGreaterThan(200);
  }

  /** One input, derived from its seed. */
  private static final class Execution {
    private static final long[] SPECIAL = {
      0,
      1,
      -1,
      0x7f,
      0x80,
      0xff,
      0x7fff,
      0x8000,
      0xffff,
      0x7fff_ffff,
      0x8000_0000L,
      0xffff_ffffL,
      Long.MAX_VALUE,
      Long.MIN_VALUE,
      0x8080_8080_8080_8080L,
      0x100
    };

    final byte[] buffer = new byte[256];
    final PtRegs regs = Arch.X86_64.newRegs();
    private long seed;

    Execution(long seed, char kind) {
      this.seed = seed;
      FlatMemory memory = new FlatMemory().map(BUFFER, buffer);
      for (int i = 0; i < buffer.length; i += Long.BYTES) {
        memory.writeWord(BUFFER + i, value());
      }
      long[] in = new long[NAMES.size()];
      Arrays.setAll(in, i -> value());
      long flags = 0x202 | next() & 0x8d5;
      in[NAMES.indexOf("si")] = BUFFER + 64;
      in[NAMES.indexOf("di")] = BUFFER + 128;
      in[NAMES.indexOf("sp")] = BUFFER + 192;
      long bits = next();
      switch (kind) {
        case 'i' -> {
          in[1] = Long.remainderUnsigned(bits, 12) - 4;
          in[0] = bits >>> 32 & 15;
        }
        case 'r' -> {
          in[1] = Long.remainderUnsigned(bits, 6);
          flags |= bits >>> 32 & 0x400;
        }
        case 'b' -> in[1] = (bits & 511) - 256;
        case 'd' -> {
          long choice = Long.remainderUnsigned(bits, 3);
          in[2] = choice == 0 ? 0 : choice == 1 ? -1 : bits >>> 32 & 0xff;
        }
        case 'e' -> in[0] &= 0xfff;
        case 'x' -> {
          if ((bits & 1) != 0) {
            in[0] = memory.readWord(BUFFER + 64);
            in[3] = in[0];
          }
        }
        case 'l' -> in[5] = BUFFER + 32;
        default -> {}
      }
      for (int i = 0; i < in.length; i++) {
        regs.words[regs.names().indexOf(NAMES.get(i))] = in[i];
      }
      regs.words[Regs.FLAGS] = flags;
      regs.setInstructionPointer(CODE);
    }

    /** What executing it changes, as the recording writes it. */
    String outcome(Form form) {
      long[] before = regs.save();
      byte[] bytes = buffer.clone();
      try {
        run(form, new FlatMemory().map(BUFFER, buffer));
      } catch (UnsupportedInstructionException divideError) {
        assertThat(divideError).hasMessageStartingWith("divide error: ");
        return DIVIDE_ERROR;
      }
      StringBuilder changes = new StringBuilder();
      changes.append(Long.toHexString(regs.words[Regs.FLAGS] & (form.mask() | 0x400)));
      for (String name : NAMES) {
        long value = regs.register(name);
        if (value != before[regs.names().indexOf(name)]) {
          changes.append(' ').append(name).append('=').append(Long.toHexString(value));
        }
      }
      for (int i = 0; i < buffer.length; i++) {
        if (buffer[i] != bytes[i]) {
          changes.append(" %d=%x".formatted(i, buffer[i]));
        }
      }
      assertThat(regs.instructionPointer()).isEqualTo(CODE + form.code().length);
      return changes.toString();
    }

    void run(Form form, AddressSpace memory) {
      InstructionSet set = Arch.X86_64.instructions();
      set.execute(set.decode(form.code(), 0).orElseThrow(), regs, memory);
    }

    /** SplitMix64. */
    private long next() {
      seed += 0x9e3779b97f4a7c15L;
      long z = seed;
      z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
      z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
      return z ^ z >>> 31;
    }

    private long value() {
      long kind = next();
      long bits = next();
      return switch ((int) (kind & 7)) {
        case 0, 1 -> SPECIAL[(int) (bits & 15)];
        case 2 -> (byte) bits;
        case 3 -> (int) bits;
        case 4 -> bits & 0xffff_ffffL;
        default -> bits;
      };
    }
  }
}
