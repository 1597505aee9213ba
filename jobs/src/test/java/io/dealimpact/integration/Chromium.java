package io.dealimpact.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Chromium without a window, driven by its DevTools protocol. */
final class Chromium implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final Process process;
  private final WebSocket socket;
  private final LinkedBlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
  private final List<String> errors = new ArrayList<>();
  private int last;

  /**
   * Starts it.
   *
   * @param profile folder for its files
   */
  Chromium(Path program, Path profile) throws IOException, InterruptedException {
    Files.createDirectories(profile);
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectOutput(profile.resolve("out.log").toFile())
            .redirectError(profile.resolve("err.log").toFile())
            .start();
    HttpClient http = HttpClient.newHttpClient();
    String port = port(profile.resolve("DevToolsActivePort"));
    JsonNode pages =
        JSON.readTree(
            http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                        .build(),
                    HttpResponse.BodyHandlers.ofString())
                .body());
    String page = "";
    for (JsonNode target : pages) {
      if (target.path("type").asText().equals("page")) {
        page = target.get("webSocketDebuggerUrl").asText();
      }
    }
    socket = http.newWebSocketBuilder().buildAsync(URI.create(page), new Listener()).join();
    for (String domain : List.of("Page", "Runtime", "Log")) {
      call(domain + ".enable", JSON.createObjectNode());
    }
  }

  /** The browser of this machine; empty if it has none. */
  static Optional<Path> program() {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(
            name ->
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The browser writes it when it is ready. */
  private String port(Path file) throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() > 1) {
          return lines.get(0);
        }
      }
      Thread.sleep(50);
    }
    throw new AssertionError("Chromium did not start, see " + file.resolveSibling("err.log"));
  }

  /** Calls a method of the protocol and returns its result. */
  JsonNode call(String method, ObjectNode parameters) {
    last++;
    ObjectNode message = JSON.createObjectNode().put("id", last).put("method", method);
    message.set("params", parameters);
    socket.sendText(message.toString(), true).join();
    try {
      while (true) {
        JsonNode answer = received.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
        if (answer == null) {
          throw new AssertionError("no answer to " + method);
        }
        note(answer);
        if (answer.path("id").asInt() == last) {
          if (answer.has("error")) {
            throw new AssertionError(method + ": " + answer.get("error"));
          }
          return answer.get("result");
        }
      }
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(error);
    }
  }

  private void note(JsonNode event) {
    String method = event.path("method").asText();
    JsonNode parameters = event.path("params");
    if (method.equals("Runtime.exceptionThrown")
        || (method.equals("Log.entryAdded")
            && parameters.at("/entry/level").asText().equals("error"))
        || (method.equals("Runtime.consoleAPICalled")
            && parameters.path("type").asText().equals("error"))) {
      errors.add(parameters.toString());
    }
  }

  /** What the page's console says of errors so far. */
  List<String> errors() {
    return List.copyOf(errors);
  }

  /** Opens a file and waits until it is there. */
  void open(Path file) throws InterruptedException {
    call("Page.navigate", JSON.createObjectNode().put("url", file.toUri().toString()));
    while (!evaluate("document.readyState").asText().equals("complete")) {
      Thread.sleep(50);
    }
  }

  /** The value of an expression in the page; of a promise, what it becomes. */
  JsonNode evaluate(String expression) {
    JsonNode result =
        call(
            "Runtime.evaluate",
            JSON.createObjectNode()
                .put("expression", expression)
                .put("awaitPromise", true)
                .put("returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(result.get("exceptionDetails").toString());
    }
    return result.at("/result/value");
  }

  /** Sets the size of the screen in CSS pixels. */
  void screen(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        JSON.createObjectNode()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", width < 600));
  }

  /**
   * Sets what the page is shown on.
   *
   * @param media screen or print
   * @param scheme light or dark
   */
  void media(String media, String scheme) {
    ObjectNode parameters = JSON.createObjectNode().put("media", media);
    parameters
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", scheme);
    call("Emulation.setEmulatedMedia", parameters);
  }

  /** Keeps a picture of what is on the screen. */
  void screenshot(Path file) throws IOException {
    String png =
        call("Page.captureScreenshot", JSON.createObjectNode().put("format", "png"))
            .get("data")
            .asText();
    Files.write(file, Base64.getDecoder().decode(png));
  }

  @Override
  public void close() {
    socket.abort();
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    // Its files are removed next.
    all.forEach(one -> one.onExit().join());
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
      text.append(data);
      if (isLast) {
        try {
          received.add(JSON.readTree(text.toString()));
        } catch (IOException error) {
          throw new IllegalStateException(error);
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
