package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.millrace.service.Services;
import io.millrace.testing.TestPostgres;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GatewayTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String PASSWORD = "a long enough password";

  private static ConfigurableApplicationContext gateway;
  private static HttpServer control;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws IOException {
    control = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    control.createContext(
        "/api/v1/applications",
        exchange -> {
          String authorization = exchange.getRequestHeaders().getFirst("Authorization");
          byte[] body =
              JSON.writeValueAsBytes(
                  Map.of(
                      "path",
                      exchange.getRequestURI().toString(),
                      "subject",
                      subject(authorization)));
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    control.start();
    TestPostgres postgres = TestPostgres.shared();
    Map<String, Object> settings = new HashMap<>();
    settings.put("millrace.postgres.url", postgres.jdbcUrl(postgres.createDatabase()));
    settings.put("millrace.postgres.username", postgres.username());
    settings.put("millrace.postgres.password", postgres.password());
    settings.put("millrace.ports.gateway", 0);
    settings.put("millrace.urls.control", "http://localhost:" + control.getAddress().getPort());
    settings.put("millrace.urls.query", "http://localhost:1");
    settings.put("millrace.admin.password", PASSWORD);
    settings.put("millrace.secret-key", Base64.getEncoder().encodeToString(new byte[32]));
    gateway = GatewayApplication.start(settings);
  }

  @AfterAll
  static void stop() {
    gateway.close();
    control.stop(0);
    HTTP.close();
  }

  private static String subject(String authorization) throws IOException {
    String claims = authorization.substring("Bearer ".length()).split("\\.")[1];
    return JSON.readTree(Base64.getUrlDecoder().decode(claims)).get("sub").asString();
  }

  private static HttpResponse<String> send(
      String method, String path, Object body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + Services.port(gateway) + path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(
                        JSON.writeValueAsString(body), StandardCharsets.UTF_8))
            .header("Content-Type", "application/json");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode logIn(String name, String password)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send("POST", "/api/v1/auth/token", Map.of("username", name, "password", password));
    assertThat(answer.statusCode()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static String bearer(String name, String password)
      throws IOException, InterruptedException {
    return "Bearer " + logIn(name, password).get("access_token").asString();
  }

  private static String code(HttpResponse<String> answer) {
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    return JSON.readTree(answer.body()).get("code").asString();
  }

  @Test
  void aLoginGivesATokenThatSaysWhoOneIs() throws IOException, InterruptedException {
    JsonNode tokens = logIn("admin", PASSWORD);
    assertThat(tokens.get("expires_in").asLong()).isEqualTo(3600);
    HttpResponse<String> me =
        send(
            "GET",
            "/api/v1/auth/me",
            null,
            "Authorization",
            "Bearer " + tokens.get("access_token").asString());
    assertThat(me.body()).isEqualTo("{\"name\":\"admin\",\"roles\":[\"ADMIN\"]}");
  }

  @Test
  void aRefreshTokenIsGoodOnce() throws IOException, InterruptedException {
    Map<String, String> refresh =
        Map.of("refresh_token", logIn("admin", PASSWORD).get("refresh_token").asString());
    assertThat(send("POST", "/api/v1/auth/token", refresh).statusCode()).isEqualTo(200);
    assertThat(code(send("POST", "/api/v1/auth/token", refresh)))
        .isEqualTo("REFRESH_TOKEN_EXPIRED");
  }

  @Test
  void guessingIsSlowedDown() throws IOException, InterruptedException {
    Map<String, String> guess = Map.of("username", "nobody", "password", "guess");
    for (int i = 0; i < 5; i++) {
      assertThat(code(send("POST", "/api/v1/auth/token", guess))).isEqualTo("WRONG_CREDENTIALS");
    }
    HttpResponse<String> slowed = send("POST", "/api/v1/auth/token", guess);
    assertThat(slowed.statusCode()).isEqualTo(429);
    assertThat(code(slowed)).isEqualTo("TOO_MANY_ATTEMPTS");
  }

  @Test
  void nothingIsOpen() throws IOException, InterruptedException {
    for (String path :
        new String[] {
          "/api/v1/applications",
          "/api/v1/users",
          "/api/v1/secrets",
          "/api/v1/nothing",
          "/actuator/prometheus",
          "/internal/x"
        }) {
      assertThat(send("GET", path, null).statusCode()).as(path).isIn(401, 403);
    }
    assertThat(
            code(send("GET", "/api/v1/applications", null, "Authorization", "Bearer forged.x.y")))
        .isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void requestsGoOnToTheirServiceWithTheToken() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(
            "GET",
            "/api/v1/applications/default.inventory/status?x=1",
            null,
            "Authorization",
            bearer("admin", PASSWORD));
    JsonNode seen = JSON.readTree(answer.body());
    assertThat(seen.get("path").asString())
        .isEqualTo("/api/v1/applications/default.inventory/status?x=1");
    assertThat(seen.get("subject").asString()).isEqualTo("admin");
  }

  @Test
  void aServiceThatIsDownIsNamed() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(
            "GET",
            "/api/v1/streams/a.b.c/events",
            null,
            "Authorization",
            bearer("admin", PASSWORD));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(code(answer)).isEqualTo("SERVICE_UNAVAILABLE");
    assertThat(answer.body()).contains("query");
  }

  @Test
  void anApiKeyIsAsGoodAsATokenUntilItIsDeleted() throws IOException, InterruptedException {
    String admin = bearer("admin", PASSWORD);
    HttpResponse<String> made =
        send(
            "POST",
            "/api/v1/api-keys",
            Map.of("name", "loader", "role", "VIEWER"),
            "Authorization",
            admin);
    assertThat(made.statusCode()).isEqualTo(201);
    String key = JSON.readTree(made.body()).get("key").asString();

    HttpResponse<String> answer = send("GET", "/api/v1/applications", null, "X-API-Key", key);
    assertThat(JSON.readTree(answer.body()).get("subject").asString()).isEqualTo("api-key:loader");
    assertThat(code(send("GET", "/api/v1/users", null, "X-API-Key", key))).isEqualTo("FORBIDDEN");

    send("DELETE", "/api/v1/api-keys/loader", null, "Authorization", admin);
    assertThat(send("GET", "/api/v1/applications", null, "X-API-Key", key).statusCode())
        .isEqualTo(401);
  }

  @Test
  void usersAreAdministeredAndTheLastAdministratorStays() throws IOException, InterruptedException {
    String admin = bearer("admin", PASSWORD);
    Map<String, String> ann =
        Map.of("name", "ann", "password", "another long password", "role", "VIEWER");
    assertThat(send("POST", "/api/v1/users", ann, "Authorization", admin).statusCode())
        .isEqualTo(201);
    assertThat(code(send("POST", "/api/v1/users", ann, "Authorization", admin)))
        .isEqualTo("NAME_TAKEN");
    assertThat(
            code(
                send(
                    "POST",
                    "/api/v1/users",
                    Map.of("name", "bob", "password", "short", "role", "VIEWER"),
                    "Authorization",
                    admin)))
        .isEqualTo("INVALID_PASSWORD");
    String viewer = bearer("ann", "another long password");
    assertThat(code(send("GET", "/api/v1/users", null, "Authorization", viewer)))
        .isEqualTo("FORBIDDEN");
    assertThat(
            code(
                send(
                    "PUT",
                    "/api/v1/users/admin",
                    Map.of("role", "VIEWER"),
                    "Authorization",
                    admin)))
        .isEqualTo("LAST_ADMINISTRATOR");
    assertThat(send("GET", "/api/v1/users/audit", null, "Authorization", admin).body())
        .contains("create user as VIEWER");
  }

  @Test
  void theInterfaceIsServedForEveryPageOfItsOwn() throws IOException, InterruptedException {
    for (String page : new String[] {"/", "/login", "/applications/default.inventory"}) {
      HttpResponse<String> answer = send("GET", page, null);
      assertThat(answer.statusCode()).as(page + answer.body()).isEqualTo(200);
      assertThat(answer.body()).contains("<div id=\"root\">");
      assertThat(answer.headers().firstValue("Content-Security-Policy"))
          .hasValueSatisfying(policy -> assertThat(policy).contains("script-src 'self'"));
    }
  }

  @Test
  void theOpenApiDocumentHoldsWhatTheGatewayOffers() throws IOException, InterruptedException {
    HttpResponse<String> answer = send("GET", "/v3/api-docs", null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode document = JSON.readTree(answer.body());
    assertThat(document.get("paths").propertyNames()).contains("/api/v1/auth/token");
    assertThat(send("GET", "/swagger-ui.html", null).statusCode()).isIn(200, 302);
    assertThat(send("GET", "/oauth2/jwks", null).body())
        .contains("\"kty\":\"EC\"")
        .doesNotContain("\"d\"");
  }
}
