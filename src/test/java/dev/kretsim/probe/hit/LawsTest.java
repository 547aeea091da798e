package dev.kretsim.probe.hit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelBugException;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.LawBrokenException;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.pool.InstancePool;
import dev.kretsim.pool.PoolDesigns;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.Ledger;
import dev.kretsim.probe.Rig;
import org.junit.jupiter.api.Test;

/** Each law is broken on purpose, and must say so: a check that cannot fail is none. */
class LawsTest {
  /** A pool that is right, to be broken in one place by each test. */
  private static class StackPool implements InstancePool {
    final int[] free;
    int count;

    StackPool(int capacity) {
      free = new int[capacity];
      while (count < capacity) {
        free[count] = count++;
      }
    }

    @Override
    public int capacity() {
      return free.length;
    }

    @Override
    public int pop(int cpu) {
      return count == 0 ? MISSED : free[--count];
    }

    @Override
    public void push(int cpu, int instance) {
      free[count++] = instance;
    }

    @Override
    public int free() {
      return count;
    }
  }

  private static Rig rigWith(InstancePool pool) {
    return new Rig(KernelVersion.V6_12, Arch.X86_64, PoolDesigns.OBJPOOL, spec -> pool);
  }

  @Test
  void aPoolThatIsRightBreaksNone() {
    Rig rig = rigWith(new StackPool(2));
    rig.kprobes.register(rig.logging("p", rig.read, 2));
    Task task = rig.task("a");
    assertThatCode(
            () -> {
              for (int level = 0; level < 4; level++) {
                rig.enter(0, task, rig.read, 0);
                rig.kprobes.checkLaws();
              }
              for (int level = 0; level < 4; level++) {
                rig.leave(0, task, 0);
                rig.kprobes.checkLaws();
              }
            })
        .doesNotThrowAnyException();
  }

  @Test
  void losingAnInstanceBreaksConservation() {
    Rig rig =
        rigWith(
            new StackPool(2) {
              @Override
              public void push(int cpu, int instance) {}
            });
    rig.kprobes.register(rig.logging("p", rig.read, 2));
    rig.call(0, rig.task("a"), rig.read, 0);
    assertThatThrownBy(rig.kprobes::checkLaws)
        .isInstanceOf(LawBrokenException.class)
        .hasMessageStartingWith("L1 conservation: kretprobe on vfs_read maxactive=2 held=0")
        .hasMessageContaining("free=1");
  }

  @Test
  void aCallThatIsNotCountedBreaksAccounting() {
    Rig rig = Rig.newest();
    Kretprobe probe = rig.logging("p", rig.read, 2);
    rig.kprobes.register(probe);
    probe.registration().ledger().count(1, Ledger.Event.ENTRY);
    assertThatThrownBy(rig.kprobes::checkLaws)
        .isInstanceOf(LawBrokenException.class)
        .hasMessageStartingWith("L2 accounting: kretprobe on vfs_read");
  }

  @Test
  void handingOutAnInstanceTwiceBreaksExclusivity() {
    Rig rig =
        rigWith(
            new StackPool(2) {
              @Override
              public int pop(int cpu) {
                return 0;
              }
            });
    rig.kprobes.register(rig.logging("p", rig.read, 2));
    rig.enter(0, rig.task("a"), rig.read, 0);
    assertThatThrownBy(() -> rig.enter(1, rig.task("b"), rig.read, 0))
        .isInstanceOf(LawBrokenException.class)
        .hasMessageStartingWith("L3 exclusivity")
        .hasMessageContaining("instance=0");
  }

  @Test
  void returningAnywhereElseBreaksTheTrueReturn() {
    Rig rig = Rig.newest();
    rig.kprobes.register(rig.logging("p", rig.read, 2));
    Task task = rig.task("a");
    rig.enter(0, task, rig.read, 0);
    assertThatThrownBy(() -> rig.cpu(0).leave(0, 0x1234))
        .isInstanceOf(LawBrokenException.class)
        .hasMessageStartingWith("L4 true return")
        .hasMessageContaining("0x1234");
  }

  @Test
  void aTrampolineWithoutAnInstanceIsWhereTheKernelStops() {
    Rig rig = Rig.newest();
    Task task = rig.task("a");
    rig.cpu(0).switchTo(task);
    rig.cpu(0).enter(rig.read, 0, rig.machine.trampoline().address());
    assertThatThrownBy(() -> rig.cpu(0).leave(0, 0))
        .isInstanceOf(KernelBugException.class)
        .hasMessageStartingWith("return address not found");
  }

  @Test
  void handlersOutOfTurnBreakTheOrder() {
    Rig rig = Rig.newest();
    for (String name : new String[] {"1", "2", "3"}) {
      rig.kprobes.register(rig.logging(name, rig.read, 2));
    }
    Task task = rig.task("a");
    rig.enter(0, task, rig.read, 0);
    long second = task.inFlight(1);
    long first = task.inFlight(2);
    task.truncateInFlight(1);
    task.pushInFlight(first);
    task.pushInFlight(second);
    assertThatThrownBy(() -> rig.leave(0, task, 0))
        .isInstanceOf(LawBrokenException.class)
        .hasMessageStartingWith("L5 order");
  }

  @Test
  void missingWithAFreeInstanceBreaksTheLastOneCounts() {
    Rig rig =
        rigWith(
            new StackPool(2) {
              @Override
              public int pop(int cpu) {
                return count == 1 ? MISSED : super.pop(cpu);
              }
            });
    rig.kprobes.register(rig.logging("p", rig.read, 2));
    rig.enter(0, rig.task("a"), rig.read, 0);
    assertThatThrownBy(() -> rig.enter(1, rig.task("b"), rig.read, 0))
        .isInstanceOf(LawBrokenException.class)
        .hasMessageStartingWith("L6 the last one counts")
        .hasMessageContaining("free=1");
  }
}
