package dev.kretsim.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A headless Chromium with one page, driven over its DevTools protocol. */
public final class Browser implements AutoCloseable {
  private static final String REQUIRED = "KRETSIM_BROWSER_REQUIRED";
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String LISTENING = "DevTools listening on ";
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();

  /** Errors, warnings and exceptions of the page. */
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  /** Addresses the page asked for. */
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private final CompletableFuture<String> session = new CompletableFuture<>();

  private Browser(Process process, String address) throws Exception {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address), new Listener())
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    JsonNode target = call(null, "Target.createTarget", object().put("url", "about:blank"));
    JsonNode attached =
        call(
            null,
            "Target.attachToTarget",
            object().put("targetId", target.get("targetId").asText()).put("flatten", true));
    session.complete(attached.get("sessionId").asText());
    for (String domain : new String[] {"Page", "Runtime", "Network", "Log"}) {
      page(domain + ".enable", object());
    }
  }

  /**
   * Starts one. Where there is none the test is skipped, or fails if the environment says that
   * there must be one.
   *
   * @param profile a folder for what it keeps
   */
  public static Browser required(Path profile) throws Exception {
    Optional<String> program = find();
    if (program.isEmpty() && System.getenv(REQUIRED) != null) {
      throw new AssertionError("no chromium found, and " + REQUIRED + " is set");
    }
    Assumptions.assumeTrue(program.isPresent(), "no chromium found: the report is not looked at");
    return start(program.orElseThrow(), profile);
  }

  /** Where a Chromium is, if there is one. */
  private static Optional<String> find() {
    return Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
        .flatMap(
            name ->
                Stream.of(System.getenv("PATH").split(":", -1))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  private static Browser start(String program, Path profile) throws Exception {
    Process process =
        new ProcessBuilder(
                program,
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.append(line).append('\n');
      if (line.startsWith(LISTENING)) {
        drain(output);
        return new Browser(process, line.substring(LISTENING.length()).strip());
      }
    }
    throw new IOException("the browser ended: " + said);
  }

  private static void drain(BufferedReader output) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (output.readLine() != null) {}
              } catch (IOException e) {
                // The browser is gone.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  private JsonNode page(String method, ObjectNode parameters) throws Exception {
    return call(session.get(PATIENCE_SECONDS, TimeUnit.SECONDS), method, parameters);
  }

  private synchronized JsonNode call(
      @Nullable String sessionId, String method, ObjectNode parameters) throws Exception {
    int id = ids.incrementAndGet();
    ObjectNode message = object().put("id", id).put("method", method);
    message.set("params", parameters);
    if (sessionId != null) {
      message.put("sessionId", sessionId);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    socket.sendText(message.toString(), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    JsonNode got = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (got.has("error")) {
      throw new IOException(method + ": " + got.get("error"));
    }
    return got.get("result");
  }

  /** Makes the page so wide, light or dark. */
  public void show(int width, int height, boolean dark) throws Exception {
    page(
        "Emulation.setDeviceMetricsOverride",
        object()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", false));
    ObjectNode media = object();
    media
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", dark ? "dark" : "light");
    page("Emulation.setEmulatedMedia", media);
  }

  /** Opens a file and waits until its script has run. */
  public void open(Path file) throws Exception {
    page("Page.navigate", object().put("url", file.toUri().toString()));
    evaluate(
        "new Promise(done => { const look = () => document.readyState === 'complete' ?"
            + " setTimeout(done, 50) : setTimeout(look, 20); look(); })");
  }

  /** The value of an expression, or of the promise it gives. */
  public JsonNode evaluate(String expression) throws Exception {
    JsonNode result =
        page(
            "Runtime.evaluate",
            object()
                .put("expression", expression)
                .put("returnByValue", true)
                .put("awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new IOException(expression + ": " + result.get("exceptionDetails"));
    }
    return result.at("/result/value");
  }

  /** A picture of the whole page. */
  public void screenshot(Path file) throws Exception {
    JsonNode shot = page("Page.captureScreenshot", object().put("captureBeyondViewport", true));
    Files.write(file, Base64.getDecoder().decode(shot.get("data").asText()));
  }

  public List<String> complaints() {
    return new ArrayList<>(complaints);
  }

  public List<String> requests() {
    return new ArrayList<>(requests);
  }

  @Override
  public void close() throws InterruptedException {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      parts.append(data);
      if (last) {
        try {
          receive(MAPPER.readTree(parts.toString()));
        } catch (IOException e) {
          complaints.add(e.toString());
        }
        parts.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void receive(JsonNode message) {
      if (message.has("id")) {
        CompletableFuture<JsonNode> answer = answers.remove(message.get("id").asInt());
        if (answer != null) {
          answer.complete(message);
        }
        return;
      }
      switch (message.path("method").asText()) {
        case "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded" ->
            complaints.add(message.get("params").toString());
        case "Network.requestWillBeSent" ->
            requests.add(message.at("/params/request/url").asText());
        default -> {}
      }
    }
  }
}
