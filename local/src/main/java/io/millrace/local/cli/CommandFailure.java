package io.millrace.local.cli;

/** A command cannot do what was asked; the message is for the person who asked. */
final class CommandFailure extends RuntimeException {

  static final int REFUSED = 1;
  static final int INVALID_SCRIPT = 3;
  static final int UNREACHABLE = 4;
  static final int TIMED_OUT = 5;

  private static final long serialVersionUID = 1L;
  private final int exitCode;

  CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
