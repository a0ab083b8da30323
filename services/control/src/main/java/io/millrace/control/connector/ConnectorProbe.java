package io.millrace.control.connector;

import io.millrace.control.ControlError;
import io.millrace.control.secret.SecretStore;
import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.service.http.ServiceClients;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Has a connector's service try its options for real. Secrets go as references; the service
 * resolves them.
 */
@Component
public class ConnectorProbe {

  private static final ParameterizedTypeReference<Map<String, Object>> ANSWER =
      new ParameterizedTypeReference<>() {};

  private final ServiceClients services;
  private final SecretStore secrets;

  ConnectorProbe(ServiceClients services, SecretStore secrets) {
    this.services = services;
    this.secrets = secrets;
  }

  /** Problems found: {@code {"problems": […]}}. */
  Map<String, Object> check(ConnectorDescriptor connector, Map<String, String> options) {
    return post(connector, "check", options, ANSWER);
  }

  /** The tables that a source hands out. */
  public Tables tables(ConnectorDescriptor connector, Map<String, String> options) {
    return post(connector, "tables", options, new ParameterizedTypeReference<Tables>() {});
  }

  /** As the service answers. */
  public record Tables(List<Table> tables) {}

  /**
   * A table.
   *
   * @param rowSchema the Avro schema of its rows, as JSON
   */
  public record Table(String name, List<Column> columns, String rowSchema, List<String> key) {}

  /** A column of a table. */
  public record Column(String name, String type, boolean nullable) {}

  /**
   * Options as a person's form sends them: a value, or {@code {"secret": "name"}} for a stored
   * secret.
   */
  Map<String, String> options(Map<String, Object> given) {
    Map<String, String> options = new HashMap<>();
    given.forEach((name, value) -> {
      if (value instanceof Map<?, ?> reference && reference.get("secret") instanceof String s) {
        options.put(
            name, secrets.reference(s).orElseThrow(() -> ControlError.SECRET_NOT_FOUND.with(s)));
      } else if (value != null) {
        options.put(name, value.toString());
      }
    });
    return options;
  }

  private <T> T post(
      ConnectorDescriptor connector,
      String what,
      Map<String, String> options,
      ParameterizedTypeReference<T> type) {
    return services.call(
        connector.getService(),
        client ->
            client
                .post()
                .uri("/internal/connectors/{type}/" + what, connector.getType())
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("options", options))
                .retrieve()
                .body(type));
  }
}
