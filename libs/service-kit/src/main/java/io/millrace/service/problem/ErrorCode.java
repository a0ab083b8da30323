package io.millrace.service.problem;

import org.springframework.http.HttpStatus;

/**
 * A named error. Each module has one enum of them; the name is the {@code code} of the problem
 * details, and other programs may rely on it.
 */
public interface ErrorCode {

  /** The enum constant's name. */
  String name();

  HttpStatus status();

  /**
   * What is wrong and what to do, for a person, with {@link String#format} placeholders for the
   * particulars.
   */
  String message();

  /** The exception that answers a request with this error. */
  default ServiceException with(Object... particulars) {
    return new ServiceException(this, message().formatted(particulars));
  }
}
