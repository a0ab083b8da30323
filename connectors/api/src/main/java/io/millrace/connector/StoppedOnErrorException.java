package io.millrace.connector;

import org.apache.kafka.connect.errors.ConnectException;

/**
 * A record cannot be processed, and the application wants to stop rather than go on without it
 * (on_error = 'stop'). The component has failed then, and is not tried again by itself.
 */
public final class StoppedOnErrorException extends ConnectException {

  private static final long serialVersionUID = 1L;

  /**
   * @param location where the record stands, for a person
   */
  public StoppedOnErrorException(String location, String reason) {
    super(
        "%s: %s. The application has on_error = 'stop': correct the cause, then stop and start it"
            .formatted(location, reason));
  }
}
