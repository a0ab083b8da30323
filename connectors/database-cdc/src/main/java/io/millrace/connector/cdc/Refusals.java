package io.millrace.connector.cdc;

import io.millrace.connector.Problem;
import io.millrace.connector.option.OptionValues;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;

/** Says why a database refused a connection. */
final class Refusals {

  private Refusals() {}

  static Problem explain(
      String product, OptionValues options, SQLException failure, boolean wrongLogin) {
    String host = options.string("hostname");
    String place = host + ":" + options.integer("port");
    if (wrongLogin) {
      return Problem.error(
          "LOGIN_REFUSED",
          "password",
          "%s at %s refuses the user '%s' with this password"
              .formatted(product, place, options.string("username")),
          "check username and password; the user has to be allowed to connect from this host");
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return Problem.error(
            "UNKNOWN_HOST",
            "hostname",
            "there is no host named '%s'".formatted(host),
            "check the spelling, or use its address");
      }
      if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
        return Problem.error(
            "CONNECTION_REFUSED",
            "port",
            "nothing answers at %s".formatted(place),
            "check host and port, that %s runs, and that it listens on this address"
                .formatted(product));
      }
      if (cause instanceof SocketTimeoutException) {
        return Problem.error(
            "CONNECTION_TIMEOUT",
            "hostname",
            "%s does not answer within 10 s".formatted(place),
            "check host and port, and the firewalls on the way");
      }
    }
    return Problem.error(
        "CONNECTION_FAILED",
        null,
        "%s at %s: %s".formatted(product, place, failure.getMessage()),
        null);
  }
}
