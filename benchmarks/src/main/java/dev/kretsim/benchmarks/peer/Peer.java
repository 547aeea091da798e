package dev.kretsim.benchmarks.peer;

import dev.kretsim.benchmarks.peer.Contender.Item;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;
import org.jctools.queues.MpmcArrayQueue;

/**
 * Pools that others have written, and queues that serve as such. Only calls that do not wait are
 * used: a kretprobe that finds no instance cannot wait for one.
 */
public enum Peer {
  JDK_LINKED_QUEUE((capacity, cpus) -> queue(capacity, cpus, new ConcurrentLinkedQueue<>())),
  /** Used as a stack. */
  JDK_LINKED_DEQUE(
      (capacity, cpus) -> new DequeContender(capacity, cpus, new ConcurrentLinkedDeque<>())),
  JDK_ARRAY_QUEUE(
      (capacity, cpus) -> queue(capacity, cpus, new ArrayBlockingQueue<Item>(capacity))),
  /** An {@code ArrayDeque} used as a stack, under its monitor. */
  SYNCHRONIZED_DEQUE(SynchronizedContender::new),
  JCTOOLS_MPMC(
      (capacity, cpus) -> queue(capacity, cpus, new MpmcArrayQueue<Item>(Math.max(2, capacity)))),
  AGRONA_MANY_TO_MANY(
      (capacity, cpus) ->
          queue(capacity, cpus, new ManyToManyConcurrentArrayQueue<Item>(Math.max(2, capacity)))),
  STORMPOT((capacity, cpus) -> new StormpotContender(capacity, cpus, false)),
  /** Through a tap that only one thread may use. */
  STORMPOT_THREAD_TAP((capacity, cpus) -> new StormpotContender(capacity, cpus, true)),
  HIKARI_BAG(HikariContender::new),
  COMMONS_POOL(CommonsContender::new),
  VIBUR(ViburContender::new),
  /** Never misses, as it makes a new instance when it has none: no pool of a fixed size. */
  NETTY_RECYCLER_NEVER_MISSES(RecyclerContender::new);

  private interface Constructor {
    Contender create(int capacity, int cpus);
  }

  @SuppressWarnings("ImmutableEnumChecker") // a constructor: no state
  private final Constructor constructor;

  Peer(Constructor constructor) {
    this.constructor = constructor;
  }

  private static Contender queue(int capacity, int cpus, Queue<Item> queue) {
    return new QueueContender(capacity, cpus, queue);
  }

  Contender create(int capacity, int cpus) {
    return constructor.create(capacity, cpus);
  }
}
