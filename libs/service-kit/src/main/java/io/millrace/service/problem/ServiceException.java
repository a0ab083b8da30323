package io.millrace.service.problem;

import java.util.LinkedHashMap;
import java.util.Map;

/** A request cannot be done; becomes problem details (RFC 9457) with the error's code. */
public class ServiceException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final transient ErrorCode code;
  private final transient Map<String, Object> properties = new LinkedHashMap<>();

  public ServiceException(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }

  /** Further members of the problem details. */
  public Map<String, Object> properties() {
    return properties;
  }

  /** Adds a member to the problem details, for instance the diagnostics of a script. */
  public ServiceException and(String property, Object value) {
    properties.put(property, value);
    return this;
  }

  /** Keeps what led to it, for the log. */
  public ServiceException because(Throwable cause) {
    initCause(cause);
    return this;
  }
}
