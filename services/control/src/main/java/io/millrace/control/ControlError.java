package io.millrace.control;

import io.millrace.service.problem.ErrorCode;
import org.springframework.http.HttpStatus;

/** The errors of the control service. */
public enum ControlError implements ErrorCode {
  INVALID_SCRIPT(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The script has %d %s; see the diagnostics for where and what to do."),
  NO_SCRIPT(HttpStatus.BAD_REQUEST, "The body has to be {\"script\": \"…\"} with a script in it."),
  APPLICATION_NOT_FOUND(
      HttpStatus.NOT_FOUND, "There is no application %s. GET /api/v1/applications lists them."),
  REVISION_NOT_FOUND(HttpStatus.NOT_FOUND, "Application %s has no revision %d."),
  APPLICATION_EXISTS(
      HttpStatus.CONFLICT,
      "Application %s exists already. PUT /api/v1/applications/%1$s with the script makes it a new revision."),
  STILL_BEING_DROPPED(
      HttpStatus.CONFLICT,
      "What is left of the dropped application %s is still being deleted. Try again in some seconds."),
  ANOTHER_NAME(
      HttpStatus.CONFLICT,
      "The script is of application %s, not of %s. Change its CREATE APPLICATION, or apply it under its own name."),
  CHANGED_MEANWHILE(
      HttpStatus.PRECONDITION_FAILED,
      "Application %s was changed meanwhile and is at revision %d. Look at it again, then repeat your change."),
  NOT_DEPLOYED(HttpStatus.CONFLICT, "Application %s is not deployed. Deploy it first."),
  NOT_RUNNING(HttpStatus.CONFLICT, "Application %s is %s: there is nothing to %s."),
  STILL_RUNNING(HttpStatus.CONFLICT, "Application %s is %s. Stop or quiesce it first."),
  NO_SUCH_ACTION(
      HttpStatus.NOT_FOUND,
      "There is no action %s; there are deploy, start, stop, quiesce and undeploy."),
  OPERATION_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no operation %s."),
  CONNECTOR_NOT_FOUND(
      HttpStatus.NOT_FOUND,
      "There is no connector %s%s. GET /api/v1/connectors lists them; a service that has just started announces its own within seconds."),
  CONNECTOR_HANDS_OUT_NO_TABLES(HttpStatus.CONFLICT, "Connector %s hands out no tables."),
  STREAM_NOT_FOUND(
      HttpStatus.NOT_FOUND, "There is no stream %s; its name is namespace.application.stream."),
  SECRET_NOT_FOUND(
      HttpStatus.NOT_FOUND,
      "There is no secret %s. PUT /api/v1/secrets/%1$s {\"value\": …} stores it."),
  SECRET_IN_USE(
      HttpStatus.CONFLICT,
      "Secret %s is used by %s. Change or drop what uses it first, or store another value in it."),
  INVALID_SECRET_NAME(
      HttpStatus.BAD_REQUEST,
      "%s cannot be a secret's name: letters, digits and underscores, beginning with a letter, at most 100."),
  EMPTY_SECRET(
      HttpStatus.BAD_REQUEST, "The body has to be {\"value\": \"…\"} with the secret in it."),
  INVALID_CURSOR(
      HttpStatus.BAD_REQUEST, "%s is no cursor. Use nextCursor of the page before, as it is."),
  DEAD_LETTER_NOT_FOUND(
      HttpStatus.NOT_FOUND, "Application %s has no dead letter %s (they are kept for 30 days)."),
  WHICH_DEAD_LETTERS(
      HttpStatus.BAD_REQUEST,
      "Say which dead letters to replay: \"ids\": […], or \"all\": true; \"original\" (base64) corrects a single one."),
  KAFKA_UNAVAILABLE(
      HttpStatus.SERVICE_UNAVAILABLE,
      "Kafka does not answer: %s. See that it runs, then try again.");

  private final HttpStatus status;
  private final String message;

  ControlError(HttpStatus status, String message) {
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
