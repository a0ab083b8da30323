package io.millrace.service.problem;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns whatever a handler throws into problem details with a {@code code}. */
@RestControllerAdvice
public class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler
  ResponseEntity<ProblemDetail> service(ServiceException e) {
    if (e.code().status().is5xxServerError()) {
      LOG.warn("{}: {}", e.code().name(), e.getMessage(), e.getCause());
    }
    return answer(Problems.of(e));
  }

  /** What a handler's {@code @PreAuthorize} turns away. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> denied(AccessDeniedException e) {
    return answer(Problems.of(CommonError.FORBIDDEN, CommonError.FORBIDDEN.message()));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unauthenticated(AuthenticationException e) {
    return answer(Problems.of(CommonError.UNAUTHENTICATED, CommonError.UNAUTHENTICATED.message()));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unexpected(Exception e) {
    String incident = UUID.randomUUID().toString();
    LOG.error("incident {}", incident, e);
    return answer(
        Problems.of(CommonError.INTERNAL, CommonError.INTERNAL.message().formatted(incident)));
  }

  @Override
  protected ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    List<Map<String, String>> fields =
        e.getBindingResult().getFieldErrors().stream()
            .map(f ->
                Map.of("field", f.getField(), "message", String.valueOf(f.getDefaultMessage())))
            .toList();
    ProblemDetail body =
        Problems.of(
            CommonError.BAD_REQUEST,
            fields.stream()
                .map(f -> f.get("field") + " " + f.get("message"))
                .reduce((a, b) -> a + "; " + b)
                .orElse("The request's body is not valid."));
    body.setProperty("fields", fields);
    return handleExceptionInternal(e, body, headers, status, request);
  }

  @Override
  protected ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    Throwable cause = e.getMostSpecificCause();
    String detail = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return handleExceptionInternal(
        e,
        Problems.of(
            CommonError.BAD_REQUEST, "The request's body is not the JSON expected: " + detail),
        headers,
        status,
        request);
  }

  @Override
  protected ResponseEntity<Object> createResponseEntity(
      Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    if (body instanceof ProblemDetail problem) {
      if (problem.getProperties() == null || !problem.getProperties().containsKey("code")) {
        HttpStatus named = HttpStatus.resolve(status.value());
        problem.setProperty("code", named == null ? "HTTP_" + status.value() : named.name());
      }
      HttpHeaders with = new HttpHeaders(headers);
      with.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
      return super.createResponseEntity(body, with, status, request);
    }
    return super.createResponseEntity(body, headers, status, request);
  }

  private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
    return ResponseEntity.status(problem.getStatus())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }
}
