package io.millrace.connector;

/** A connector cannot do what was asked; the message says why and what to do. */
public class ConnectorException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final String code;

  public ConnectorException(String code, String message) {
    super(message);
    this.code = code;
  }

  public ConnectorException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** A named error of the connector's module. */
  public String code() {
    return code;
  }
}
