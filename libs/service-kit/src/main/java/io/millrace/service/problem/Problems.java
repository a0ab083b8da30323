package io.millrace.service.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/** Problem details (RFC 9457) of named errors. */
public final class Problems {

  private Problems() {}

  /** The problem details of an error, with its detail text. */
  public static ProblemDetail of(ErrorCode code, String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(code.status(), detail);
    problem.setTitle(code.status().getReasonPhrase());
    problem.setProperty("code", code.name());
    return problem;
  }

  /** The problem details of an exception, with its further members. */
  public static ProblemDetail of(ServiceException e) {
    ProblemDetail problem = of(e.code(), e.getMessage());
    e.properties().forEach(problem::setProperty);
    return problem;
  }

  /** Writes problem details as a filter's answer. */
  public static void write(HttpServletResponse response, JsonMapper json, ProblemDetail problem)
      throws IOException {
    response.setStatus(problem.getStatus());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    json.writeValue(response.getOutputStream(), problem);
  }
}
