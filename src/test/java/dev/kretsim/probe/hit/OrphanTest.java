package dev.kretsim.probe.hit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.LawBrokenException;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.lock.RawSpinLock;
import dev.kretsim.lock.SelfDeadlockException;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.Registration;
import dev.kretsim.probe.Rig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of calls whose kretprobe is gone, and of the hash table that once held them. */
class OrphanTest {
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("dev.kretsim.probe.Rig#kernels")
  void callsInFlightReturnThroughAnEndedRegistrationInAnyOrder(KernelVersion version, Arch arch) {
    Rig rig = new Rig(version, arch);
    Kretprobe probe = rig.logging("p", rig.read, 4);
    rig.kprobes.register(probe);
    List<Task> tasks = List.of(rig.task("a"), rig.task("b"), rig.task("c"));
    tasks.forEach(task -> rig.enter(0, task, rig.read, 0));
    Registration ended = probe.registration();
    rig.kprobes.unregister(probe, 1);
    rig.kprobes.checkLaws();
    rig.leave(1, tasks.get(1), 1);
    rig.kprobes.checkLaws();
    probe.kp().reset();
    rig.kprobes.register(probe);
    rig.leave(0, tasks.get(0), 1);
    rig.leave(0, tasks.get(2), 1);
    assertThat(ended.tally().orphaned()).isEqualTo(3);
    assertThat(rig.log).containsOnly("enter p");
    rig.kprobes.checkLaws();
  }

  @Test
  void anInstanceThatIsPushedBackIntoAnEndedPoolBreaksALaw() {
    Rig rig = Rig.newest();
    Kretprobe probe = rig.logging("p", rig.read, 2);
    rig.kprobes.register(probe);
    Task task = rig.task("a");
    rig.enter(0, task, rig.read, 0);
    Registration ended = probe.registration();
    rig.kprobes.unregister(probe, 1);
    task.truncateInFlight(0); // as if it had been recycled where it must be dropped
    ended.instance(1).putBack();
    ended.instance(0).putBack();
    assertThatThrownBy(ended::checkLaws)
        .isInstanceOf(LawBrokenException.class)
        .hasMessageStartingWith("L");
  }

  @Test
  void tasksAreSpreadOverAllBuckets() {
    Rig rig = new Rig(KernelVersion.V5_10, Arch.X86_64);
    Map<Integer, Integer> tasksIn = new HashMap<>();
    for (int i = 0; i < 640; i++) {
      tasksIn.merge(BucketLocks.bucketOf(rig.task("t")), 1, Integer::sum);
    }
    assertThat(tasksIn).hasSize(64);
    assertThat(tasksIn.values()).allMatch(count -> count < 30);
  }

  @Test
  void aReturnHandlerHoldsTheBucketOfItsTask() {
    Rig rig = new Rig(KernelVersion.V5_10, Arch.X86_64);
    BucketLocks buckets = new BucketLocks(rig.machine);
    Task task = rig.task("a");
    RawSpinLock bucket = buckets.of(task);
    long irqs = bucket.lockIrqSave(0);
    assertThatThrownBy(() -> buckets.passAll(0)).isInstanceOf(SelfDeadlockException.class);
    bucket.unlockIrqRestore(0, irqs);
    buckets.passAll(0);
  }
}
