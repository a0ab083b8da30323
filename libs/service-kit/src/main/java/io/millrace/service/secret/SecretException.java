package io.millrace.service.secret;

/** A secret cannot be encrypted or decrypted; the message says why, and never the secret. */
public class SecretException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public SecretException(String message) {
    super(message);
  }

  public SecretException(String message, Throwable cause) {
    super(message, cause);
  }
}
