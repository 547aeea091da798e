package dev.kretsim.probe.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.Preemption;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.probe.Kprobe;
import dev.kretsim.probe.KprobeException;
import dev.kretsim.probe.registry.Kprobes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Where the copies of probed instructions lie, and when a place is used again. */
class InstructionSlotsTest {
  private static final int SLOT_BYTES = 16;
  private static final int ON_A_PAGE = 4096 / SLOT_BYTES;

  /** {@code mov 0x10(%rip),%rax}, the same with the farthest distances there are, {@code ret}. */
  private static final String RELATIVE = "488b0510000000 488b05ffffff7f 488b0500000080 c3";

  private final Machine machine =
      new Machine(
          new MachineSpec(KernelVersion.V6_12, Arch.X86_64, Preemption.NONE, 1, 1, false),
          RealMemory::new);

  private final InstructionSlots slots = new InstructionSlots(machine, SLOT_BYTES);

  private List<Long> take(int count) {
    List<Long> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(slots.take());
    }
    return taken;
  }

  @Test
  void noTwoSlotsOverlap() {
    TreeSet<Long> taken = new TreeSet<>(take(3 * ON_A_PAGE));
    assertThat(taken).hasSize(3 * ON_A_PAGE);
    assertThat(taken.last() - taken.first()).isEqualTo((3L * ON_A_PAGE - 1) * SLOT_BYTES);
    taken.forEach(slot -> assertThat((slot - taken.first()) % SLOT_BYTES).isZero());
  }

  @Test
  void whatIsWrittenIsWhereACpuLooksForIt() {
    List<Long> taken = take(ON_A_PAGE + 3);
    for (int i = 0; i < taken.size(); i++) {
      slots.write(taken.get(i), new byte[] {(byte) i, 1, 2, (byte) ~i});
    }
    for (int i = 0; i < taken.size(); i++) {
      long slot = taken.get(i);
      assertThat(machine.executable().read(slot, 1)).isEqualTo(i & 0xff);
      assertThat(machine.executable().read(slot + 3, 1)).isEqualTo(~i & 0xff);
    }
  }

  @Test
  void aSlotThatNobodyCanBeInIsTakenAgainAtOnce() {
    List<Long> taken = take(2 * ON_A_PAGE);
    for (int number : new int[] {0, 7, ON_A_PAGE - 1, ON_A_PAGE, 2 * ON_A_PAGE - 1}) {
      slots.give(taken.get(number), false);
      assertThat(slots.take()).as("slot %d", number).isEqualTo(taken.get(number));
    }
  }

  @Test
  void aSlotThatSomebodyMayBeInIsTakenAgainWhenNoOtherIsLeft() {
    List<Long> taken = take(ON_A_PAGE - 2);
    slots.give(taken.get(4), true);
    assertThat(take(2)).doesNotContain(taken.get(4));
    assertThat(slots.take()).isEqualTo(taken.get(4));
    assertThat(taken).doesNotContain(slots.take());
  }

  @Test
  void moreThanAPageOfDirtySlotsIsCollectedAtOnce() {
    List<Long> taken = take(2 * ON_A_PAGE);
    for (int i = 0; i < ON_A_PAGE; i++) {
      slots.give(taken.get(i + 10), true);
    }
    slots.give(taken.get(5), false);
    assertThat(slots.take()).as("not collected yet").isEqualTo(taken.get(5));
    slots.give(taken.get(5), true);
    slots.give(taken.get(2 * ON_A_PAGE - 1), false);
    assertThat(slots.take()).as("collected").isEqualTo(taken.get(5));
    assertThat(slots.take()).isEqualTo(taken.get(10));
  }

  private static Place place(Machine machine, Symbol code, int offset) {
    return Place.of(Kprobe.on(code.name()).offset(offset), machine);
  }

  private Symbol relative() {
    byte[] code = HexFormat.of().parseHex(RELATIVE.replace(" ", ""));
    return machine.defineCode("relative", code, 32, Set.of());
  }

  @Test
  void aCopyRefersToWhatItsOriginalDoes() {
    Symbol code = relative();
    Kprobes.boot(machine);
    InstructionCopies copies = new InstructionCopies(machine);
    long slot = copies.prepare(place(machine, code, 0), code, false).slot();
    assertThat(machine.executable().read(slot, 3)).isEqualTo(0x058b48);
    int distance = (int) machine.executable().read(slot + 3, 4);
    assertThat(slot + 7 + distance).isEqualTo(code.address() + 7 + 0x10);
  }

  @Test
  void aProbeThatIsTakenAwayOrRefusedLeavesItsSlotToTheNext() {
    Symbol code = relative();
    Kprobes.boot(machine);
    InstructionCopies copies = new InstructionCopies(machine);
    Ainsn first = copies.prepare(place(machine, code, 0), code, true);
    copies.release(first);
    int refused = 0;
    for (int offset : new int[] {7, 14}) {
      Place far = place(machine, code, offset);
      try {
        copies.release(copies.prepare(far, code, true));
      } catch (KprobeException tooFar) {
        assertThat(tooFar).hasMessageContaining("refers to data too far from its copy");
        refused++;
      }
    }
    assertThat(refused).isEqualTo(1);
    assertThat(copies.prepare(place(machine, code, 0), code, true).slot()).isEqualTo(first.slot());
  }

  @Test
  void aBoostedCopyMayStillBeJumpedOutOf() {
    Symbol code = relative();
    Kprobes.boot(machine);
    InstructionCopies copies = new InstructionCopies(machine);
    Ainsn boosted = copies.prepare(place(machine, code, 0), code, false);
    assertThat(boosted.boosted()).isTrue();
    copies.release(boosted);
    assertThat(copies.prepare(place(machine, code, 0), code, false).slot())
        .isNotEqualTo(boosted.slot());
    assertThatThrownBy(() -> copies.prepare(place(machine, code, 1), code, false))
        .isInstanceOf(KprobeException.class);
  }
}
