package io.dealimpact.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LineagePostTest {
  private final List<String> taken = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/lineage",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          boolean isGood = body.startsWith("{");
          if (isGood) {
            taken.add(
                exchange.getRequestHeaders().getFirst("Content-Type")
                    + " "
                    + exchange.getRequestHeaders().getFirst("Authorization")
                    + " "
                    + body);
          }
          byte[] answer = isGood ? new byte[0] : "no event\nat all".getBytes(UTF_8);
          exchange.sendResponseHeaders(isGood ? 201 : 400, isGood ? -1 : answer.length);
          if (!isGood) {
            exchange.getResponseBody().write(answer);
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private URI url() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/api/v1/lineage");
  }

  @Test
  void postsTheEventsInOrder() {
    new LineagePost(url(), Optional.of("abc")).send(List.of("{\"a\":\"ä\"}", "{}"));

    assertThat(taken)
        .containsExactly(
            "application/json Bearer abc {\"a\":\"ä\"}", "application/json Bearer abc {}");
  }

  @Test
  void saysWhichEventWasNotTakenAndWhy() {
    assertThatThrownBy(
            () -> new LineagePost(url(), Optional.empty()).send(List.of("{}", "[]", "{}")))
        .hasMessageContaining("took 1 of 3 events and not the next: it answered 400 no event.");
    assertThat(taken).containsExactly("application/json null {}");
  }

  @Test
  void wantsAnAddressOfTheWeb() {
    assertThatThrownBy(() -> new LineagePost(URI.create("marquez:5000"), Optional.empty()))
        .hasMessageContaining(
            "--post is 'marquez:5000'. It is an address with http:// or https://");
  }
}
