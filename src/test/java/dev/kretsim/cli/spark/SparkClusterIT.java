package dev.kretsim.cli.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.fleet.HostTraces;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar as it is shipped, submitted to a master with two workers on this machine, with the
 * libraries that Spark brings and no others; traces and results lie on its disk, or in an HDFS that
 * it starts. {@code SPARK_HOME} names a distribution.
 */
@Tag("spark-cluster")
class SparkClusterIT {
  private static final int HOSTS = 12;
  private static final Path JAR =
      Path.of("..", "target", "kretsim.jar").toAbsolutePath().normalize();

  private final List<Process> started = new ArrayList<>();

  @TempDir private Path folder;

  private Path traces;

  @BeforeEach
  void recordHosts() throws IOException {
    traces = Files.createDirectories(folder.resolve("traces"));
    for (int host = 0; host < HOSTS; host++) {
      Files.writeString(traces.resolve("host%02d.txt".formatted(host)), HostTraces.of(host));
    }
    Files.writeString(traces.resolve("ill.txt"), "no trace at all\n");
  }

  @AfterEach
  void stopAll() throws InterruptedException {
    started.forEach(Process::destroy);
    for (Process process : started) {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  private static String sparkHome() {
    return Objects.requireNonNull(
        System.getenv("SPARK_HOME"), "SPARK_HOME must name a distribution of Spark 4");
  }

  private Process start(String... words) throws IOException {
    return startWith(Path.of(sparkHome(), "jars") + "/*", words);
  }

  private Process startWith(String classPath, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx700m");
    command.add("-Dtest.build.data=" + folder.resolve("hdfs"));
    command.addAll(Arrays.asList(System.getProperty("spark.opens", "").strip().split("\\s+")));
    command.addAll(List.of("-cp", classPath));
    command.addAll(Arrays.asList(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    Process process = builder.start();
    started.add(process);
    return process;
  }

  /** What it says, to be looked at if it fails; the latch opens once it says those words. */
  private static StringBuffer listen(Process process, String words, CountDownLatch said) {
    StringBuffer all = new StringBuffer();
    Thread listener =
        new Thread(
            () -> {
              try (BufferedReader lines =
                  new BufferedReader(
                      new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  all.append(line).append('\n');
                  if (line.contains(words)) {
                    said.countDown();
                  }
                }
              } catch (IOException ended) {
                all.append(ended);
              }
            });
    listener.setDaemon(true);
    listener.start();
    return all;
  }

  private void await(Process process, String words) throws InterruptedException {
    CountDownLatch said = new CountDownLatch(1);
    StringBuffer all = listen(process, words, said);
    assertThat(said.await(3, TimeUnit.MINUTES)).as("%s", all).isTrue();
  }

  private String startCluster() throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    await(
        start(
            "org.apache.spark.deploy.master.Master",
            "--host",
            "127.0.0.1",
            "--port",
            String.valueOf(port),
            "--webui-port",
            "0"),
        "elected leader");
    String master = "spark://127.0.0.1:" + port;
    for (int worker = 1; worker <= 2; worker++) {
      await(
          start(
              "org.apache.spark.deploy.worker.Worker",
              master,
              "--host",
              "127.0.0.1",
              "--cores",
              "1",
              "--memory",
              "1g",
              "--webui-port",
              "0",
              "--work-dir",
              folder.resolve("worker" + worker).toString()),
          "Successfully registered with master");
    }
    return master;
  }

  @Test
  void twoWorkersFindWhatOneMachineFinds() throws Exception {
    Path out = folder.resolve("out");
    submit(startCluster(), traces.toString(), out.toString());
    for (int worker = 1; worker <= 2; worker++) {
      assertThat(folder.resolve("worker" + worker)).isNotEmptyDirectory();
    }
    isWhatOneMachineFinds(out, traces.toString());
  }

  @Test
  void soTheyDoWhereTracesAndResultsLieInHdfs() throws Exception {
    URI store = startHdfs();
    try (FileSystem hdfs = FileSystem.newInstance(store, new Configuration())) {
      hdfs.copyFromLocalFile(local(traces), remote(store, "traces"));
      submit(startCluster(), store + "/traces/", store + "/out");
      assertThat(hdfs.getFileStatus(remote(store, "out/rows/_SUCCESS")).isFile()).isTrue();
      Path copied = folder.resolve("copied");
      hdfs.copyToLocalFile(remote(store, "out"), local(copied));
      isWhatOneMachineFinds(copied, store + "/traces");
    }
  }

  private static org.apache.hadoop.fs.Path local(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }

  private static org.apache.hadoop.fs.Path remote(URI store, String path) {
    return new org.apache.hadoop.fs.Path(store + "/" + path);
  }

  private URI startHdfs() throws IOException, InterruptedException {
    Path details = folder.resolve("hdfs.json");
    Process hdfs =
        startWith(
            System.getProperty("java.class.path"),
            "org.apache.hadoop.test.MiniDFSClusterManager",
            "-format",
            "-datanodes",
            "2",
            "-writeDetails",
            details.toString());
    StringBuffer said = listen(hdfs, "never said", new CountDownLatch(1));
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
    while (!Files.exists(details) || Files.size(details) == 0) {
      assertThat(hdfs.isAlive() && System.nanoTime() < until).as("%s", said).isTrue();
      Thread.sleep(200);
    }
    int port = new ObjectMapper().readTree(details.toFile()).path("namenode_port").asInt();
    return URI.create("hdfs://127.0.0.1:" + port);
  }

  private void submit(String master, String from, String to)
      throws IOException, InterruptedException {
    Process submit =
        start(
            "org.apache.spark.deploy.SparkSubmit",
            "--master",
            master,
            "--conf",
            "spark.driver.host=127.0.0.1",
            "--conf",
            "spark.driver.bindAddress=127.0.0.1",
            "--executor-memory",
            "600m",
            "--class",
            "dev.kretsim.fleet.SparkFleet",
            JAR.toString(),
            from,
            "--csv",
            "--out",
            to);
    StringBuffer said = listen(submit, "never said", new CountDownLatch(1));
    assertThat(submit.waitFor(15, TimeUnit.MINUTES)).as("%s", said).isTrue();
    assertThat(submit.exitValue()).as("%s", said).isZero();
  }

  /** To the byte, but for where the traces lie, which stands before the names of bad ones. */
  private void isWhatOneMachineFinds(Path out, String from) throws Exception {
    Path rows = folder.resolve("rows.csv");
    Process fleet =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                JAR.toString(),
                "fleet",
                traces.toString(),
                "--rows",
                rows.toString(),
                "--out",
                "json")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String report = new String(fleet.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(fleet.waitFor()).isZero();
    assertThat(Files.readString(out.resolve("fleet.json")))
        .isEqualTo(report.replace(traces.toString(), from));
    List<String> remote = new ArrayList<>();
    try (Stream<Path> files = Files.list(out.resolve("rows-csv"))) {
      for (Path file : files.filter(file -> file.toString().endsWith(".csv")).toList()) {
        List<String> lines = Files.readAllLines(file);
        remote.addAll(lines.subList(1, lines.size()));
      }
    }
    List<String> own =
        Files.readAllLines(rows).stream().map(row -> row.replace(traces.toString(), from)).toList();
    assertThat(remote)
        .containsExactlyInAnyOrderElementsOf(own.subList(1, own.size()))
        .hasSize(HOSTS + 1);
  }
}
