package io.millrace.query.stream;

import io.millrace.service.problem.ErrorCode;
import org.springframework.http.HttpStatus;

/** What can be wrong with a request for the events of a stream. */
enum StreamError implements ErrorCode {
  UNKNOWN_STREAM(
      HttpStatus.NOT_FOUND,
      "There is no stream %s in any deployed application.%s Streams are named namespace.application.stream."),
  STREAM_NOT_READABLE(
      HttpStatus.CONFLICT,
      "The stream %s has no topic yet: deploy its application, then look again."),
  INVALID_CONDITION(HttpStatus.UNPROCESSABLE_CONTENT, "The condition is not right: %s");

  private final HttpStatus status;
  private final String message;

  StreamError(HttpStatus status, String message) {
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
