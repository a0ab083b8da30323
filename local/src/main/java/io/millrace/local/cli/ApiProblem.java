package io.millrace.local.cli;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** An answer that is an error: problem details as RFC 9457 has them. */
final class ApiProblem extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final int status;
  private final transient JsonNode body;

  private ApiProblem(int status, JsonNode body, String message) {
    super(message);
    this.status = status;
    this.body = body;
  }

  static ApiProblem of(int status, String text) {
    JsonNode body;
    try {
      body = Api.JSON.readTree(text);
    } catch (JacksonException e) {
      body = Api.JSON.createObjectNode();
    }
    String detail = body.path("detail").asString("");
    String title = body.path("title").asString("");
    String code = body.path("code").asString("");
    String message = detail.isEmpty() ? title : detail;
    if (message.isEmpty()) {
      message = "Millrace answered with status " + status;
    }
    return new ApiProblem(status, body, code.isEmpty() ? message : message + " [" + code + "]");
  }

  int status() {
    return status;
  }

  /** What the answer says beyond its message, for instance diagnostics. */
  JsonNode body() {
    return body;
  }
}
