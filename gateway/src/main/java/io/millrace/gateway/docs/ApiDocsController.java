package io.millrace.gateway.docs;

import io.millrace.gateway.token.TokenIssuer;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Merges what every service says of its interface; a service that is down is left out. */
@RestController
@Hidden
class ApiDocsController {

  private static final Logger LOG = LoggerFactory.getLogger(ApiDocsController.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final JsonMapper json;
  private final TokenIssuer issuer;
  private final Environment environment;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  ApiDocsController(JsonMapper json, TokenIssuer issuer, Environment environment) {
    this.json = json;
    this.issuer = issuer;
    this.environment = environment;
  }

  @GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
  JsonNode document() {
    ObjectNode merged = json.createObjectNode();
    merged.put("openapi", "3.1.0");
    merged
        .putObject("info")
        .put("title", "Millrace")
        .put("version", "v1")
        .put(
            "description",
            "Applications, streams and all around them. Errors are problem details (RFC 9457) with a code.");
    merged.putArray("servers").addObject().put("url", "/");
    ObjectNode paths = merged.putObject("paths");
    ObjectNode components = merged.putObject("components");
    for (JsonNode part : parts()) {
      part.path("paths")
          .properties()
          .forEach(path -> {
            if (path.getKey().startsWith("/api/")) {
              paths.set(path.getKey(), path.getValue());
            }
          });
      part.path("components")
          .properties()
          .forEach(kind ->
              components.withObjectProperty(kind.getKey()).setAll((ObjectNode) kind.getValue()));
    }
    components
        .withObjectProperty("securitySchemes")
        .putObject("bearer")
        .put("type", "http")
        .put("scheme", "bearer")
        .put("bearerFormat", "JWT");
    merged.putArray("security").addObject().putArray("bearer");
    return merged;
  }

  private List<JsonNode> parts() {
    Map<String, String> addresses = new LinkedHashMap<>();
    addresses.put("control", environment.getProperty("millrace.urls.control") + "/v3/api-docs");
    addresses.put("query", environment.getProperty("millrace.urls.query") + "/v3/api-docs");
    addresses.put(
        "gateway",
        "http://localhost:"
            + environment.getProperty("local.server.port")
            + environment.getProperty("springdoc.api-docs.path"));
    List<JsonNode> parts = new ArrayList<>();
    addresses.forEach((service, address) -> {
      try {
        parts.add(json.readTree(fetch(address)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (IOException | RuntimeException e) {
        LOG.warn("the OpenAPI document lacks {}: {}", service, e.toString());
      }
    });
    return parts;
  }

  private String fetch(String address) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + issuer.issue("gateway", "VIEWER", PATIENCE))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("HTTP " + response.statusCode());
    }
    return response.body();
  }
}
