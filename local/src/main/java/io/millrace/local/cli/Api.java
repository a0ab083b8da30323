package io.millrace.local.cli;

import io.millrace.local.home.LocalHome;
import io.millrace.local.home.Secrets;
import io.millrace.local.home.StateFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The REST interface as commands use it. The token comes from MILLRACE_TOKEN, else from the last
 * login, else from the local stack's administrator; an expired one is renewed.
 */
final class Api {

  /** Keeps decimals to the digit. */
  static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final LocalHome home;
  private final String url;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private String token;

  private Api(LocalHome home, String url, String token) {
    this.home = home;
    this.url = url.replaceFirst("/+$", "");
    this.token = token;
  }

  /**
   * @param url the gateway, or null for that of the last login or of the local stack
   */
  static Api connect(LocalHome home, String url) {
    Optional<Session> session = Session.read(home).filter(s -> url == null || s.url().equals(url));
    String local = new StateFile(home).read().map(state -> state.url()).orElse(null);
    String chosen =
        url != null
            ? url
            : System.getenv("MILLRACE_URL") != null
                ? System.getenv("MILLRACE_URL")
                : session.map(Session::url).orElse(local);
    if (chosen == null) {
      throw new CommandFailure(
          CommandFailure.UNREACHABLE,
          "no Millrace to talk to: start the local stack with ./millrace up, or log in to another"
              + " with ./millrace login --url …");
    }
    String environment = System.getenv("MILLRACE_TOKEN");
    return new Api(
        home, chosen, environment != null ? environment : session.map(Session::token).orElse(null));
  }

  String url() {
    return url;
  }

  /** Logs in and keeps the login. */
  void login(String user, String password) {
    JsonNode answer =
        json(send("POST", "/auth/token", Map.of("username", user, "password", password), false));
    token = answer.path("access_token").asString();
    new Session(url, user, token, answer.path("refresh_token").asString(null)).write(home);
  }

  JsonNode get(String path) {
    return json(send("GET", path, null, true));
  }

  JsonNode post(String path, Object body) {
    return json(send("POST", path, body, true));
  }

  JsonNode put(String path, Object body) {
    return json(send("PUT", path, body, true));
  }

  void delete(String path) {
    send("DELETE", path, null, true);
  }

  /** Server-sent events, read until the reader closes the stream. */
  InputStream live(String path) {
    try {
      HttpResponse<InputStream> answer =
          http.send(
              request("GET", path, null).header("Accept", "text/event-stream").build(),
              HttpResponse.BodyHandlers.ofInputStream());
      if (answer.statusCode() != 200) {
        throw ApiProblem.of(
            answer.statusCode(), new String(answer.body().readAllBytes(), StandardCharsets.UTF_8));
      }
      return answer.body();
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(CommandFailure.REFUSED, "interrupted");
    }
  }

  private HttpResponse<String> send(String method, String path, Object body, boolean renew) {
    try {
      if (token == null && renew) {
        renewToken();
      }
      HttpResponse<String> answer = exchange(method, path, body);
      if (answer.statusCode() == 401 && renew && renewToken()) {
        answer = exchange(method, path, body);
      }
      if (answer.statusCode() >= 400) {
        throw ApiProblem.of(answer.statusCode(), answer.body());
      }
      return answer;
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(CommandFailure.REFUSED, "interrupted");
    }
  }

  private HttpResponse<String> exchange(String method, String path, Object body)
      throws IOException, InterruptedException {
    return http.send(
        request(method, path, body).timeout(Duration.ofSeconds(60)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String method, String path, Object body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + "/api/v1" + path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  /** With the refresh token, or on the local stack with the administrator's password. */
  private boolean renewToken() {
    if (System.getenv("MILLRACE_TOKEN") != null) {
      return false;
    }
    boolean local =
        new StateFile(home).read().filter(state -> state.url().equals(url)).isPresent()
            && Files.exists(home.file("secrets.properties"));
    String before = token;
    token = null;
    try {
      Optional<Session> session = Session.read(home).filter(s -> s.url().equals(url));
      if (session.isPresent() && session.get().refreshToken() != null) {
        try {
          refresh(session.get());
          return true;
        } catch (CommandFailure | ApiProblem e) {
          if (!local || !session.get().user().equals("admin")) {
            throw e;
          }
        }
      }
      if (local) {
        login("admin", Secrets.of(home).administrator());
        return true;
      }
      return false;
    } finally {
      if (token == null) {
        token = before;
      }
    }
  }

  private void refresh(Session session) {
    Map<String, String> body = new HashMap<>();
    body.put("refresh_token", session.refreshToken());
    JsonNode answer = json(send("POST", "/auth/token", body, false));
    token = answer.path("access_token").asString();
    new Session(
            url,
            session.user(),
            token,
            answer.path("refresh_token").asString(session.refreshToken()))
        .write(home);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return answer.body() == null || answer.body().isBlank()
        ? JSON.createObjectNode()
        : JSON.readTree(answer.body());
  }

  private CommandFailure unreachable(IOException e) {
    return new CommandFailure(
        CommandFailure.UNREACHABLE,
        "Millrace does not answer at %s (%s): start it with ./millrace up"
            .formatted(url, e.getMessage() == null ? "no connection" : e.getMessage()));
  }

  /** A part of a path. */
  static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
