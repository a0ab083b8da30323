package io.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.service.Services;
import io.millrace.testing.TestKafka;
import io.millrace.testing.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class QueryApplicationTest {

  private static ConfigurableApplicationContext service;

  @BeforeAll
  static void start() {
    service =
        QueryApplication.start(
            Map.of(
                "millrace.kafka", TestKafka.shared().bootstrapServers(),
                "millrace.jwks-uri", TestTokens.shared().jwksUri(),
                "millrace.ports.query", 0));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + Services.port(service) + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void healthIsOpenAndEventsAreNot() throws IOException, InterruptedException {
    assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    HttpResponse<String> refused = get("/api/v1/streams/default.inventory.stock/events");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
  }

  @Test
  void anUnknownStreamIsNamed() throws IOException, InterruptedException {
    HttpResponse<String> missing =
        get(
            "/api/v1/streams/inventory.stok/events",
            "Authorization",
            "Bearer " + TestTokens.shared().token("ann", "VIEWER"));
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body()).contains("UNKNOWN_STREAM", "inventory.stok");
  }
}
