package io.millrace.local.supervisor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Asks services whether they are ready. */
final class Health {

  private static final Duration AT_MOST = Duration.ofSeconds(300);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private Health() {}

  /**
   * Waits until the service at an address is up; gives up when it has ended or after five minutes.
   */
  static void await(String address, BooleanSupplier alive)
      throws IOException, InterruptedException {
    URI health = URI.create(address + "/actuator/health");
    long end = System.nanoTime() + AT_MOST.toNanos();
    String last = "no answer";
    while (System.nanoTime() < end) {
      if (!alive.getAsBoolean()) {
        throw new IOException("ended while it started");
      }
      try {
        HttpResponse<String> answer =
            HTTP.send(
                HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
          return;
        }
        last = answer.statusCode() + " " + answer.body();
      } catch (IOException e) {
        last = e.toString();
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new IOException("not ready within " + AT_MOST.toSeconds() + " s: " + last);
  }
}
