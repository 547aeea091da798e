package dev.kretsim.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EventQueueTest {
  private record Event(long time, int who) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return time == other.time ? Integer.compare(who, other.who) : Long.compare(time, other.time);
    }
  }

  @Test
  void eventsComeByTimeAndThenByWhoHoweverManyThereAre() {
    for (int most : new int[] {3, 16, 17, 40, 500}) {
      SplittableRandom random = new SplittableRandom(most);
      EventQueue queue = new EventQueue();
      PriorityQueue<Event> expected = new PriorityQueue<>();
      for (int turn = 0; turn < 20_000; turn++) {
        if (expected.size() < most && random.nextInt(5) < 3) {
          Event event = new Event(random.nextInt(most), turn);
          queue.add(event.time(), event.who());
          expected.add(event);
        } else if (!expected.isEmpty()) {
          assertThat(new Event(queue.earliest(), queue.first())).isEqualTo(expected.remove());
          queue.removeFirst();
        }
        assertThat(queue.earliest())
            .isEqualTo(expected.isEmpty() ? Long.MAX_VALUE : expected.element().time());
      }
    }
  }
}
