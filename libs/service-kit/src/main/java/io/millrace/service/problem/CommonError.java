package io.millrace.service.problem;

import org.springframework.http.HttpStatus;

/** The errors that every service can answer with. */
public enum CommonError implements ErrorCode {
  UNAUTHENTICATED(
      HttpStatus.UNAUTHORIZED,
      "This needs a login. Send 'Authorization: Bearer TOKEN' with a token from POST /api/v1/auth/token, or an API key in X-API-Key."),
  FORBIDDEN(
      HttpStatus.FORBIDDEN,
      "Your role does not allow this. Ask an administrator for a role that does."),
  NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing at %s."),
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "%s is not possible here."),
  BAD_REQUEST(HttpStatus.BAD_REQUEST, "%s"),
  NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "%s"),
  UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "%s"),
  SERVICE_UNAVAILABLE(
      HttpStatus.SERVICE_UNAVAILABLE,
      "The service %s cannot be reached. See that it runs (./millrace status, ./millrace logs %1$s) and try again."),
  UPSTREAM_FAILED(HttpStatus.BAD_GATEWAY, "The service %s could not answer: %s"),
  INTERNAL(
      HttpStatus.INTERNAL_SERVER_ERROR,
      "Something went wrong here that should not. The service's log has it under the incident %s.");

  private final HttpStatus status;
  private final String message;

  CommonError(HttpStatus status, String message) {
    this.status = status;
    this.message = message;
  }

  @Override
  public HttpStatus status() {
    return status;
  }

  @Override
  public String message() {
    return message;
  }
}
