package io.millrace.gateway;

import io.millrace.service.problem.ErrorCode;
import org.springframework.http.HttpStatus;

/** What the gateway refuses. */
public enum GatewayError implements ErrorCode {
  WRONG_CREDENTIALS(
      HttpStatus.UNAUTHORIZED, "The user or the password is not right. Check both and try again."),
  REFRESH_TOKEN_EXPIRED(
      HttpStatus.UNAUTHORIZED, "This refresh token is used up or has expired. Log in again."),
  TOO_MANY_ATTEMPTS(
      HttpStatus.TOO_MANY_REQUESTS,
      "Too many logins failed. Wait %d seconds, then try again with the right password."),
  CREDENTIALS_MISSING(
      HttpStatus.BAD_REQUEST, "Send {\"username\", \"password\"} or {\"refresh_token\"}."),
  INVALID_NAME(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "A name has 1 to 100 characters: letters, digits, and any of . _ - @"),
  INVALID_PASSWORD(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "A password has at least 10 characters and at most 72 bytes."),
  INVALID_ROLE(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "There is no role %s; there are ADMIN, DEVELOPER, OPERATOR and VIEWER."),
  NAME_TAKEN(HttpStatus.CONFLICT, "The name %s is taken. Choose another one."),
  UNKNOWN_USER(HttpStatus.NOT_FOUND, "There is no user %s."),
  UNKNOWN_API_KEY(HttpStatus.NOT_FOUND, "There is no API key %s."),
  LAST_ADMINISTRATOR(
      HttpStatus.CONFLICT,
      "%s is the last administrator who can log in. Make somebody else one first.");

  private final HttpStatus status;
  private final String message;

  GatewayError(HttpStatus status, String message) {
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
