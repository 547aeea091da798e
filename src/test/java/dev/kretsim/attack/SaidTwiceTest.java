package dev.kretsim.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.cli.ConsoleRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an input says twice is refused by its name and line: nobody knows which was meant. */
class SaidTwiceTest {
  private static final String BUCKETS = "[{\"min\": 1, \"max\": 1, \"count\": 3}]";

  @TempDir private Path folder;

  private ConsoleRun plan(String name, String text, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Object[] words = new Object[options.length + 2];
    words[0] = "plan";
    words[1] = file;
    System.arraycopy(options, 0, words, 2, options.length);
    return ConsoleRun.of(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "entry_ns,entry_ns,task,function|1: the column entry_ns stands twice",
        "entry_ns,exit_ns,task,function,task|1: the column task stands twice",
        "entry_ns,exit_ns,function,task|1: columns entry_ns,exit_ns,function,task",
        "entry_ns,exit_ns,task|1: columns entry_ns,exit_ns,task",
      })
  void columnsOfCallsAreThoseThatAreRead(String header, String why) throws IOException {
    ConsoleRun run = plan("calls.csv", header + "\n0,5,t,f\n");
    assertThat(run.refused()).as(run.err()).isTrue();
    assertThat(run.err()).contains("calls.csv:" + why).contains("entry_ns,exit_ns,task,function");
  }

  @Test
  void theHeaderOfCallsMayHaveBlanksAndMayBeMissing() throws IOException {
    assertThat(plan("a.csv", " entry_ns, exit_ns ,task,function\n0,5,t,f\n").code()).isZero();
    assertThat(plan("b.csv", "0,5,t,f\n").code()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type': 'hist', 'data': {'@us': B, '@us': B}}|@us",
        "{'type': 'hist', 'data': {'@us': {'f': B, 'f': B}}}|f",
        "{'type': 'hist', 'type': 'map', 'data': {'@us': B}}|type",
        "{'type': 'hist', 'data': {'@us': [{'min': 1, 'min': 2, 'count': 3}]}}|min",
      })
  void keysOfJsonLinesStandOnce(String line, String key) throws IOException {
    String json = line.replace("B", BUCKETS).replace('\'', '"');
    ConsoleRun run =
        plan(
            "b.json",
            "{\"type\": \"attached_probes\", \"data\": {}}\n" + json + "\n",
            "--rate",
            "1k/s");
    assertThat(run.refused()).as(run.err() + run.out()).isTrue();
    assertThat(run.err()).contains("b.json:2: " + key + " is given twice");
  }

  @Test
  void aPoolIsSimulatedOnceAndThreadsAreNotWithoutEnd() {
    ConsoleRun pools = ConsoleRun.of("scale", "--threads", "1", "--pool", "hlist,ring,hlist");
    assertThat(pools.refused()).as(pools.err()).isTrue();
    assertThat(pools.err()).contains("--pool").contains("twice: hlist,ring,hlist");
    ConsoleRun threads =
        ConsoleRun.of("scale", "--pool", "hlist", "--threads", "1" + ",1".repeat(64));
    assertThat(threads.refused()).as(threads.err()).isTrue();
    assertThat(threads.err()).contains("--threads takes at most 64 numbers: 65");
  }
}
