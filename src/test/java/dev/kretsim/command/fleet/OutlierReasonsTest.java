package dev.kretsim.command.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.cli.ConsoleRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From traces to the table: a host that needs more is named with what makes it so. */
class OutlierReasonsTest {
  private static final int USUAL_HOSTS = 7;

  @TempDir private Path folder;

  /** A host whose calls come at random, in clumps of some size, each by a thread that is free. */
  private static final class Made {
    private int calls = 3000;
    private double perSecond = 2000;
    private double holdUs = 5000;
    private int threads = 80;
    private int clump = 1;

    /** One in so many returns is lost; 0: none. */
    private int lostOneIn;

    private record Open(long untilUs, int thread) {}

    String trace(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      PriorityQueue<Open> inside =
          new PriorityQueue<>((a, b) -> Long.compare(a.untilUs(), b.untilUs()));
      Deque<Integer> free = new ArrayDeque<>();
      for (int thread = 0; thread < threads; thread++) {
        free.add(thread);
      }
      StringBuilder text = new StringBuilder();
      double at = 1_000_000;
      long last = 0;
      int returns = 0;
      for (int call = 0; call < calls; call++) {
        if (call % clump == 0) {
          at += -clump * 1e6 / perSecond * Math.log(1 - random.nextDouble());
        }
        while (!inside.isEmpty() && (inside.element().untilUs() <= at || free.isEmpty())) {
          Open done = inside.remove();
          last = Math.max(last + 1, done.untilUs());
          if (lostOneIn == 0 || ++returns % lostOneIn != 0) {
            line(text, last, done.thread(), "r: (ksys_read+0x5/0x10 <- vfs_read)");
          }
          free.add(done.thread());
        }
        int thread = free.remove();
        last = Math.max(last + 1, (long) at);
        line(text, last, thread, "e: (vfs_read+0x0/0x10)");
        long hold = 1 + (long) (-holdUs * Math.log(1 - random.nextDouble()));
        inside.add(new Open(last + hold, thread));
      }
      while (!inside.isEmpty()) {
        Open done = inside.remove();
        last = Math.max(last + 1, done.untilUs());
        line(text, last, done.thread(), "r: (ksys_read+0x5/0x10 <- vfs_read)");
      }
      return text.toString();
    }

    private static void line(StringBuilder text, long us, int thread, String event) {
      text.append(
          "            task-%d     [000] d...1 %5d.%06d: %s%n"
              .formatted(1000 + thread, us / 1_000_000, us % 1_000_000, event));
    }
  }

  @BeforeEach
  void recordUsualHosts() throws IOException {
    for (int host = 0; host < USUAL_HOSTS; host++) {
      Files.writeString(folder.resolve("host" + host + ".txt"), new Made().trace(host));
    }
  }

  private List<JsonNode> outliers(Made odd) throws IOException {
    Files.writeString(folder.resolve("odd.txt"), odd.trace(99));
    ConsoleRun run = ConsoleRun.of("fleet", folder, "--target", "2%", "--out", "json");
    assertThat(run.code()).as(run.err()).isZero();
    List<JsonNode> outliers = new ArrayList<>();
    new ObjectMapper().readTree(run.out()).at("/functions/0/outliers").forEach(outliers::add);
    return outliers;
  }

  private String reason(Made odd) throws IOException {
    List<JsonNode> outliers = outliers(odd);
    assertThat(outliers).as("%s", outliers).hasSize(1);
    assertThat(outliers.get(0).path("host").asText()).isEqualTo("odd");
    return outliers.get(0).path("why").asText();
  }

  @Test
  void itIsCalledMoreOften() throws IOException {
    Made odd = new Made();
    odd.perSecond *= 4;
    odd.calls *= 4;
    assertThat(reason(odd)).matches("its rate is [34]\\.\\d times the median");
  }

  @Test
  void itsCallsStayLonger() throws IOException {
    Made odd = new Made();
    odd.holdUs *= 4;
    odd.calls *= 4;
    assertThat(reason(odd)).matches("its calls stay inside [34]\\.\\d times the median.*");
  }

  @Test
  void itHasMoreThreadsAndTooLittleWasRecordedToKnowBetter() throws IOException {
    Made odd = new Made();
    odd.threads = 150;
    odd.calls = odd.threads;
    assertThat(reason(odd))
        .contains("its threads are 1.9 times the median", "its trace is too short to show");
  }

  @Test
  void itsCallsComeInBursts() throws IOException {
    Made odd = new Made();
    odd.clump = 40;
    odd.calls *= 4;
    assertThat(reason(odd)).matches("its bursts are \\d+\\.\\d times the median");
  }

  @Test
  void itsReturnsAreLost() throws IOException {
    Made odd = new Made();
    odd.lostOneIn = 2;
    assertThat(reason(odd)).matches("\\d+ of its returns are missing.*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"busy and fast", "rare and slow", "many threads", "one return lost"})
  void aHostThatOnlyLooksOddIsNotNamed(String what) throws IOException {
    Made odd = new Made();
    switch (what) {
      case "busy and fast" -> {
        odd.perSecond *= 5;
        odd.holdUs /= 5;
      }
      case "rare and slow" -> {
        odd.perSecond /= 5;
        odd.holdUs *= 5;
      }
      case "many threads" -> odd.threads *= 4;
      default -> odd.lostOneIn = 2500;
    }
    assertThat(outliers(odd)).isEmpty();
  }
}
