package io.dealimpact.cli;

import io.dealimpact.run.Failures;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Posts OpenLineage events to a server, one request each. */
final class LineagePost {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final URI url;
  private final Optional<String> token;

  /**
   * @param token sent as bearer token
   */
  LineagePost(URI url, Optional<String> token) {
    if (!List.of("http", "https").contains(String.valueOf(url.getScheme()))
        || url.getHost() == null) {
      throw Failures.usage("--post is '" + url + "'. It is an address with http:// or https://");
    }
    this.url = url;
    this.token = token;
  }

  /**
   * Posts the events in order, and stops at the first that is not taken.
   *
   * @throws io.dealimpact.run.DealImpactException if the server cannot be reached, or refuses one
   */
  void send(List<String> events) {
    HttpClient client = HttpClient.newBuilder().connectTimeout(LONGEST).build();
    for (int i = 0; i < events.size(); i++) {
      String outcome = post(client, events.get(i));
      if (!outcome.isEmpty()) {
        throw Failures.lineageNotPosted(url.toString(), i, events.size(), outcome);
      }
    }
  }

  /** Returns why the event was not taken; empty if it was. */
  private String post(HttpClient client, String event) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(LONGEST)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(event));
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    try {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() / 100 == 2
          ? ""
          : "it answered "
              + answer.statusCode()
              + " "
              + answer.body().lines().findFirst().orElse("");
    } catch (IOException error) {
      return Failures.firstLine(error);
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
      return "the command was interrupted";
    }
  }
}
