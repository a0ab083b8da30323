package io.millrace.service.http;

import io.millrace.service.problem.ErrorCode;
import io.millrace.service.problem.ServiceException;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.client.ClientHttpResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Another service's problem details, handed on to the caller as they are. */
record RelayedProblem(String name, HttpStatus status, String message) implements ErrorCode {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The problem details of an answer, or null when its body holds none. */
  static ProblemDetail read(ClientHttpResponse response) throws IOException {
    try {
      JsonNode body = JSON.readTree(response.getBody());
      if (body == null || !body.isObject() || !body.hasNonNull("detail")) {
        return null;
      }
      ProblemDetail problem =
          ProblemDetail.forStatusAndDetail(response.getStatusCode(), body.get("detail").asString());
      body.properties()
          .forEach(member -> {
            switch (member.getKey()) {
              case "type", "title", "status", "detail", "instance" -> {}
              default ->
                  problem.setProperty(
                      member.getKey(), JSON.treeToValue(member.getValue(), Object.class));
            }
          });
      return problem;
    } catch (JacksonException e) {
      return null;
    }
  }

  static ServiceException exception(ProblemDetail problem) {
    Map<String, Object> members =
        problem.getProperties() == null ? Map.of() : problem.getProperties();
    HttpStatus status = HttpStatus.valueOf(problem.getStatus());
    String code = String.valueOf(members.getOrDefault("code", status.name()));
    ServiceException exception =
        new ServiceException(
            new RelayedProblem(code, status, problem.getDetail()), problem.getDetail());
    members.forEach((name, value) -> {
      if (!name.equals("code")) {
        exception.and(name, value);
      }
    });
    return exception;
  }
}
